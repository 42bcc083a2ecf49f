//! The sample gallery.

use crate::parameters::Portrait;

/// One portrait of the gallery.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Name for files and addresses: lower case, no spaces.
    pub name: &'static str,
    /// Caption: a colour or a mood, never a person's name.
    pub title: &'static str,
    /// The portrait.
    pub portrait: Portrait,
}

/// The gallery.
#[must_use]
pub fn gallery() -> Vec<Sample> {
    vec![Sample { name: "amber", title: "Amber", portrait: Portrait::nobody(1) }]
}
