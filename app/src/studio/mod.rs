//! `/studio`: the studio, where one face is grafted onto another, in the browser.

mod advice;
mod alerts;
mod browser;
mod camera;
mod fit;
mod grafting;
mod hands;
mod hud;
mod intake;
mod keeper;
mod label;
mod more_photos;
mod pace;
mod page;
mod photos;
mod quality;
mod quality_words;
mod samples;
mod session;
mod stage;
mod well;
mod words;

pub(crate) use alerts::Alerts;
pub(crate) use browser::{bytes_of_file, forget_file, remember_file, save_blob, save_file};
pub(crate) use keeper::StudioKeeper;
pub(crate) use page::StudioPage;
pub(crate) use quality::{Readings, read_measured};
pub(crate) use session::Studio;
pub(crate) use well::PhotoCard;
