//! The pieces that every page is made of. `/design` shows each in every state; `style/` has their looks, and
//! `style/tokens.css` what those are made of.

mod before_after;
mod button;
mod camera;
mod card;
mod choice;
mod confirm;
mod dialog;
mod empty;
mod face_outlines;
mod fact;
mod field;
mod file_well;
mod heading;
mod icon;
mod later_image;
mod notice;
mod progress;
mod slider;
mod small;
mod table;
mod tabs;
mod toast;
mod words;

pub(crate) use before_after::{BeforeAfter, Seam};
pub(crate) use button::{Button, ButtonLink, IconButton, Weight};
pub(crate) use camera::{CameraState, CameraView, turn_off, turn_on};
pub(crate) use card::Card;
pub(crate) use choice::{Choice, Of, Select, Switch};
pub(crate) use confirm::Confirm;
pub(crate) use dialog::{Dialog, DialogButton, Stand};
pub(crate) use empty::EmptyState;
pub(crate) use face_outlines::FaceOutlines;
pub(crate) use fact::Fact;
#[cfg(feature = "ssr")]
pub(crate) use field::FieldFault;
pub(crate) use field::{Field, FieldKind};
pub(crate) use file_well::{FileWell, listed, picked_files};
pub(crate) use heading::PageLine;
pub(crate) use icon::{Glyph, Icon};
pub(crate) use later_image::LaterImage;
pub(crate) use notice::Notice;
pub(crate) use progress::Progress;
pub(crate) use slider::Slider;
pub(crate) use small::{Avatar, Badge, Skeleton};
pub(crate) use table::Table;
pub(crate) use tabs::Tabs;
pub(crate) use toast::{News, Toast};
pub(crate) use words::face_of;
