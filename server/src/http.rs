//! The routes, and what surrounds them all.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::HeaderName;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use contract::swaps::MAX_PHOTO_BYTES;
use leptos::config::LeptosOptions;
use platform::auth::AuthService;
use platform::clock::Clock;
use platform::consent::ConsentService;
use platform::credits::CreditService;
use platform::database::Database;
use platform::hd_swap::HdSwapService;
use platform::idempotency::IdempotencyService;
use platform::jobs::JobService;
use platform::media::MediaService;
use platform::moderation::ModerationService;
use platform::provenance::ProvenanceService;
use platform::results::ResultService;
use platform::swaps::SwapService;
use platform::users::UserService;
use tower::ServiceBuilder;
use tower::util::option_layer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};

use crate::assets::Assets;
use crate::middleware::{
    client_address, cors, observe, panics, problems, rate_limit, request_id, same_site, security_headers,
    session, time_limit,
};
use crate::offline::OfflineBuild;
use crate::operations::Operations;
use crate::site::Site;
use crate::{api, pages};

/// The largest body: two photos, and room for the form around them.
const MAX_BODY_BYTES: usize = 2 * MAX_PHOTO_BYTES + 64 * 1024;

/// What handlers work with. Every layer and every handler has a copy, on the stack of each request: so it is one pointer.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Parts>);

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl From<Parts> for AppState {
    fn from(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

/// The parts of [`AppState`].
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) leptos: LeptosOptions,
    pub(crate) assets: Arc<Assets>,
    pub(crate) offline: OfflineBuild,
    pub(crate) database: Database,
    pub(crate) provenance: ProvenanceService,
    pub(crate) swaps: SwapService,
    pub(crate) results: ResultService,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) site: Site,
    pub(crate) operations: Operations,
    pub(crate) auth: AuthService,
    pub(crate) users: UserService,
    pub(crate) idempotency: IdempotencyService,
    pub(crate) credits: CreditService,
    pub(crate) jobs: JobService,
    pub(crate) media: MediaService,
    pub(crate) consent: ConsentService,
    pub(crate) moderation: ModerationService,
    pub(crate) hd_swaps: HdSwapService,
}

/// What Leptos has to know of us: the files' names come from Trunk.
pub(crate) fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("page").build()
}

/// What a handler asks for by itself, rather than for the whole state.
macro_rules! part {
    ($field:ident: $part:ty) => {
        impl FromRef<AppState> for $part {
            fn from_ref(state: &AppState) -> Self {
                state.$field.clone()
            }
        }
    };
}

part!(leptos: LeptosOptions);
part!(clock: Arc<dyn Clock>);
part!(site: Site);
part!(auth: AuthService);
part!(provenance: ProvenanceService);
part!(users: UserService);
part!(credits: CreditService);
part!(jobs: JobService);
part!(media: MediaService);
part!(consent: ConsentService);
part!(moderation: ModerationService);
part!(hd_swaps: HdSwapService);

/// The whole service.
pub(crate) fn router(state: AppState) -> Router {
    let request_id = HeaderName::from_static(request_id::HEADER);
    // The first layer is the outermost: every answer, also a refusal, has its id, its log line and its headers.
    let around_all = ServiceBuilder::new()
        .layer(from_fn(request_id::ignore_inbound))
        .layer(SetRequestIdLayer::new(request_id.clone(), MakeRequestUuid))
        .layer(from_fn_with_state(state.operations.proxies.clone(), client_address::find))
        .layer(from_fn(observe::each))
        .layer(PropagateRequestIdLayer::new(request_id))
        .layer(from_fn_with_state(state.site.clone(), security_headers::add))
        .layer(CompressionLayer::new())
        .layer(option_layer(cors::layer(&state.site)))
        .layer(from_fn_with_state(state.clone(), problems::write))
        .layer(CatchPanicLayer::custom(panics::answer))
        .layer(from_fn(time_limit::enforce))
        .layer(from_fn_with_state(state.site.clone(), same_site::require))
        .layer(from_fn_with_state(state.operations.limits.clone(), rate_limit::enforce))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    let for_accounts = from_fn_with_state(state.operations.limits.clone(), rate_limit::enforce_for_account);
    let session = from_fn_with_state(state.clone(), session::establish);
    let fallback = ServiceBuilder::new().layer(session.clone()).service(pages::fallback(&state));
    Router::new()
        .merge(api::routes().layer(Extension(state.idempotency.clone())))
        .merge(pages::routes(&state))
        .layer(for_accounts)
        .layer(session)
        .merge(pages::static_files(&state))
        .fallback_service(fallback)
        .layer(around_all)
        .with_state(state)
}
