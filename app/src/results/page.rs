//! `/swaps/{id}`: the picture, how to take it along, how to remove it.

use contract::results::ResultView;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::load_result;
use super::words::{ResultWords, caption};
use crate::format;
use crate::not_found::{DeadEnd, set_status};
use crate::ui::{Glyph, Icon, PageLine};
use crate::words::language;

/// A result that the server keeps for a while.
#[component]
pub(crate) fn ResultPage() -> impl IntoView {
    let words = ResultWords::of(language());
    let params = use_params_map();
    let result = Resource::new(move || params.with(|p| p.get("id")).unwrap_or_default(), load_result);
    view! {
        <Title text=format!("{} · MOG AI", words.title)/>
        <Meta name="robots" content="noindex"/>
        <Suspense fallback=move || view! { <p class="lead">{words.looking}</p> }>
            {move || Suspend::new(async move {
                match result.await {
                    Ok(result) => view! { <Finished result/> }.into_any(),
                    Err(refused) => {
                        set_status(refused.0.status());
                        view! { <DeadEnd code=refused.0/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn Finished(result: ResultView) -> impl IntoView {
    let picture = format!("/api/v1/results/{}/picture", result.id);
    let download = format!("{picture}?download=1");
    let delete = format!("/swaps/{}/delete", result.id);
    let words = ResultWords::of(language());
    let what = caption(result.faces, language());
    view! {
        <PageLine text=words.line/>
        <div class="result glass">
            <img class="result-picture" src=picture alt=what width=result.width height=result.height/>
            <div class="result-bar">
                <p>
                    {words.kept} " "
                    <time datetime=format::moment_iso(result.expires_at_ms)>{format::moment_utc(result.expires_at_ms, language())}</time>
                    {words.removed}
                </p>
                <div class="result-actions">
                    <a class="button button-main" href=download download="" rel="external">
                        <Icon glyph=Glyph::Download/>
                        {words.download}
                    </a>
                    <form method="post" action=delete>
                        <button class="button" type="submit">{words.delete}</button>
                    </form>
                    <a class="button" href="/studio">{words.another}</a>
                </div>
            </div>
        </div>
    }
}
