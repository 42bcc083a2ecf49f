//! When to graft again: at most one graft runs, at most one waits, and the newest wishes win.

/// How long a slider may move before the graft follows.
pub(crate) const SETTLE_MS: u64 = 120;

/// Where the grafting stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Nothing to do.
    #[default]
    Idle,
    /// A slider moved; the timer is set.
    Settling,
    /// A graft runs.
    Running {
        /// Whether the wishes have changed since it began.
        again: bool,
    },
}

/// What the caller has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing.
    Rest,
    /// Call [`Pace::due`] after [`SETTLE_MS`].
    SetTimer,
    /// Graft with the wishes as they are now, then call [`Pace::finished`].
    Graft,
}

impl Pace {
    /// A slider moved.
    pub(crate) fn nudge(&mut self) -> Step {
        match self {
            Self::Idle => {
                *self = Self::Settling;
                Step::SetTimer
            }
            Self::Settling => Step::Rest,
            Self::Running { again } => {
                *again = true;
                Step::Rest
            }
        }
    }

    /// The timer rang.
    pub(crate) fn due(&mut self) -> Step {
        match self {
            Self::Settling => self.now(),
            Self::Idle | Self::Running { .. } => Step::Rest,
        }
    }

    /// A photo or a choice of faces changed: nothing to wait for.
    pub(crate) fn now(&mut self) -> Step {
        match self {
            Self::Idle | Self::Settling => {
                *self = Self::Running { again: false };
                Step::Graft
            }
            Self::Running { again } => {
                *again = true;
                Step::Rest
            }
        }
    }

    /// The graft has ended, well or not.
    pub(crate) fn finished(&mut self) -> Step {
        match *self {
            Self::Running { again: true } => {
                *self = Self::Running { again: false };
                Step::Graft
            }
            Self::Running { again: false } => {
                *self = Self::Idle;
                Step::Rest
            }
            Self::Idle | Self::Settling => Step::Rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_moves_make_one_graft() {
        let mut pace = Pace::default();
        assert_eq!(pace.nudge(), Step::SetTimer);
        assert_eq!(pace.nudge(), Step::Rest);
        assert_eq!(pace.due(), Step::Graft);
        assert_eq!(pace.finished(), Step::Rest);
        assert_eq!(pace, Pace::Idle);
    }

    #[test]
    fn what_changes_during_a_graft_makes_one_more_however_often_it_changes() {
        let mut pace = Pace::default();
        assert_eq!(pace.now(), Step::Graft);
        assert_eq!((pace.nudge(), pace.now(), pace.nudge()), (Step::Rest, Step::Rest, Step::Rest));
        assert_eq!(pace.finished(), Step::Graft);
        assert_eq!(pace.finished(), Step::Rest);
    }

    #[test]
    fn a_late_timer_does_nothing() {
        let mut pace = Pace::default();
        pace.nudge();
        assert_eq!(pace.now(), Step::Graft);
        assert_eq!(pace.due(), Step::Rest);
        assert_eq!(pace.finished(), Step::Rest);
        assert_eq!(pace.due(), Step::Rest);
    }
}
