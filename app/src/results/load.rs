//! The server function behind the result page.

use contract::ErrorCode;
use contract::results::ResultView;
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// A refusal by one of the known codes, as server functions send it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused(pub ErrorCode);

impl FromServerFnError for Refused {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self(ErrorCode::Internal)
    }
}

/// Finds a stored result.
///
/// # Errors
/// [`ErrorCode::ResultGone`] for an id that is none, was removed or has expired.
#[server]
pub async fn load_result(id: String) -> Result<ResultView, Refused> {
    let gone = Refused(ErrorCode::ResultGone);
    let reader =
        use_context::<std::sync::Arc<dyn super::ResultReader>>().ok_or(Refused(ErrorCode::Internal))?;
    let id = id.parse().map_err(|_| gone)?;
    reader.find(id).await.ok_or(gone)
}
