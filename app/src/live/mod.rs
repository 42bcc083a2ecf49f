//! `/live`: a face on the camera's picture, in the browser.

mod camera;
mod figures;
mod page;
mod record;
mod session;
mod stage;
mod words;

pub(crate) use page::LivePage;
