//! `/`: the studio, where one face is grafted onto another, in the browser.

mod alerts;
mod browser;
mod engine_client;
mod fit;
mod grafting;
mod hud;
mod intake;
mod outlines;
mod pace;
mod page;
mod photos;
mod samples;
mod session;
mod stage;
mod well;
mod words;

pub(crate) use page::StudioPage;
pub(crate) use session::Studio;
