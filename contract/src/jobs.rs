//! Jobs: work that outlives the request that asked for it, and what a page is told of it meanwhile.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ErrorCode;
use crate::hd_swap::HdSwap;

/// The kind of a swap that the server makes of kept photos, at their full size.
pub const HD_SWAP: &str = "hd_swap";

/// Names a job: a UUID of version 7, so that ids sort by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobId(uuid::Uuid);

impl JobId {
    /// The id of a moment and some random bits (RFC 9562, 5.7).
    pub fn new(now_ms: i64, random: u128) -> Self {
        Self(crate::ids::uuid_v7(now_ms, random))
    }

    /// The 64 bits that a picture made by this job carries in its watermark: the id's last ones, all but two of them
    /// random.
    pub fn mark(self) -> u64 {
        self.0.as_u64_pair().1
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for JobId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

/// `POST /jobs`: what to do, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CreateJob {
    /// A swap of kept photos at their full size.
    HdSwap(HdSwap),
}

#[cfg(feature = "openapi")]
mod create_job_schema {
    use utoipa::openapi::schema::{ObjectBuilder, Schema};
    use utoipa::openapi::{RefOr, Type};
    use utoipa::{PartialSchema, ToSchema};

    use super::{CreateJob, HD_SWAP, HdSwap};

    /// The order's own fields and the kind, in one object: the derived schema has two objects that refuse each other's
    /// fields.
    impl PartialSchema for CreateJob {
        fn schema() -> RefOr<Schema> {
            let kind = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([HD_SWAP]));
            let mut schema = HdSwap::schema();
            if let RefOr::T(Schema::Object(object)) = &mut schema {
                object.properties.insert("kind".into(), kind.into());
                object.required.push("kind".into());
                object.description = Some("What to do, by its kind.".into());
            }
            schema
        }
    }

    impl ToSchema for CreateJob {
        fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
            HdSwap::schemas(schemas);
        }
    }
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobState {
    /// Waits for a worker, or for the end of a pause after a failed attempt.
    Queued,
    /// A worker has it.
    Running,
    /// Done; its output is there.
    Succeeded,
    /// It cannot be done as it was asked for.
    Failed,
    /// It was tried as often as it may be, and given up.
    Dead,
    /// Its owner did not want it any more.
    Cancelled,
}

impl JobState {
    /// Every state there is.
    pub const ALL: [Self; 6] =
        [Self::Queued, Self::Running, Self::Succeeded, Self::Failed, Self::Dead, Self::Cancelled];

    /// The state as it stands on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Dead => "dead",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing happens to the job any more, unless its owner asks again.
    pub const fn is_end(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

/// The text is not a state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the state of a job")]
pub struct UnknownState(pub String);

impl FromStr for JobState {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or_else(|| UnknownState(text.into()))
    }
}

/// A job, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// What it does, such as `hd_swap`.
    pub kind: String,
    /// How far it has come.
    pub state: JobState,
    /// How much of it is done, 0 to 100.
    pub percent: u8,
    /// Why the last attempt failed, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<ErrorCode>,
    /// What came of it, once it has succeeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub output: Option<Value>,
    /// What it costs, in credits. They are held until it ends, and given back unless it succeeds.
    pub price: i64,
    /// Which attempt it is at; 0 before the first.
    pub attempts: u32,
    /// The number of its last event.
    pub last_seq: u64,
    /// When it was asked for, milliseconds since 1970-01-01 UTC.
    pub created_at_ms: i64,
    /// When a worker first took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at_ms: Option<i64>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at_ms: Option<i64>,
}

/// Something that happened to a job. Its number is one higher than that of the event before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobEvent {
    /// The job.
    pub job_id: JobId,
    /// 1 for the job's first event.
    pub seq: u64,
    /// When, milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// What.
    #[serde(flatten)]
    pub what: Happening,
}

/// What happened to a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Happening {
    /// It waits for a worker.
    Queued,
    /// A worker took it.
    Started {
        /// For the how-manieth time in this round.
        attempt: u32,
    },
    /// It got on.
    Progress {
        /// How much is done, 0 to 100.
        percent: u8,
    },
    /// An attempt failed; there will be another.
    Postponed {
        /// Why.
        failure: ErrorCode,
        /// When it may begin, milliseconds since 1970-01-01 UTC.
        due_at_ms: i64,
    },
    /// Its owner wants it to stop, and its worker has been told.
    CancelAsked,
    /// Done.
    Succeeded {
        /// What came of it.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        output: Value,
    },
    /// It cannot be done.
    Failed {
        /// Why.
        failure: ErrorCode,
    },
    /// It was tried often enough.
    Dead {
        /// Why the last attempt failed.
        failure: ErrorCode,
    },
    /// It was stopped for its owner.
    Cancelled,
}

/// The first message of a client on `GET /api/v1/jobs/stream`: what it has seen already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// The number of the last event seen of each job. Jobs that are not named are told from their first event on.
    #[serde(default)]
    pub last_seq: BTreeMap<JobId, u64>,
}

/// Which events of a job to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct EventsQuery {
    /// Those after this number; all of them without it.
    #[serde(default)]
    pub last_seq: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_read_back_and_two_of_them_are_no_end() {
        for state in JobState::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert_eq!(JobState::ALL.iter().filter(|state| !state.is_end()).count(), 2);
    }

    #[test]
    fn an_event_is_one_flat_object() {
        let event = JobEvent {
            job_id: JobId::new(0, 0),
            seq: 2,
            at_ms: 5,
            what: Happening::Progress { percent: 40 },
        };
        let json = serde_json::to_value(&event).unwrap();
        assert_eq!(
            (&json["event"], &json["percent"], &json["seq"]),
            (&"progress".into(), &40.into(), &2.into())
        );
        assert_eq!(serde_json::from_value::<JobEvent>(json).unwrap(), event);
    }
}
