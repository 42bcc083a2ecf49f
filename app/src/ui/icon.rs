//! The line icons, drawn on one grid of 24.

use leptos::prelude::*;

/// Which icon. Those of the account and of the frame are the server's: the browser never draws them anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// A face in a frame, halved.
    #[cfg(feature = "ssr")]
    Studio,
    /// A mesh of points.
    Models,
    /// A shield with a tick.
    Private,
    /// An arrow into a tray.
    Download,
    /// A chevron downwards.
    More,
    /// Two halves, compared.
    Compare,
    /// Two arrows, one each way.
    Exchange,
    /// A picture with a plus.
    Add,
    /// A cross.
    Close,
    /// A triangle with a stroke.
    Warning,
    /// Two heads.
    Faces,
    /// Two arrowheads, apart.
    Handle,
    /// A head and shoulders.
    Person,
    /// A tick in a circle.
    Done,
    /// A house with a seam.
    #[cfg(feature = "ssr")]
    Home,
    /// A camera.
    Camera,
    /// An arrow out of a door.
    #[cfg(feature = "ssr")]
    SignOut,
    /// An envelope.
    #[cfg(feature = "ssr")]
    Mail,
    /// A coin.
    #[cfg(feature = "ssr")]
    Coin,
    /// A key.
    #[cfg(feature = "ssr")]
    Key,
    /// A magnifying glass.
    #[cfg(feature = "ssr")]
    Search,
    /// A circle, half of it dark.
    #[cfg(feature = "ssr")]
    Theme,
    /// A globe.
    #[cfg(feature = "ssr")]
    Language,
    /// Two sliders.
    #[cfg(feature = "ssr")]
    Settings,
    /// A box with an arrow out of it.
    #[cfg(feature = "ssr")]
    Data,
    /// An hourglass.
    #[cfg(feature = "ssr")]
    Jobs,
    /// Pictures in a grid.
    #[cfg(feature = "ssr")]
    Library,
    /// A bin.
    #[cfg(feature = "ssr")]
    Bin,
    /// Two links of a chain.
    #[cfg(feature = "ssr")]
    Link,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            #[cfg(feature = "ssr")]
            Self::Studio => {
                "M4 8V6a2 2 0 0 1 2-2h2M16 4h2a2 2 0 0 1 2 2v2M20 16v2a2 2 0 0 1-2 2h-2M8 20H6a2 2 0 0 1-2-2v-2\
                 M12 4v16M12 7.500a4.5 4.5 0 0 0 0 9M12 7.500a4.5 4.5 0 0 1 0 9"
            }
            Self::Models => {
                "M12 3.5 19.5 8v8L12 20.5 4.5 16V8zM12 3.500V12m0 8.500V12m7.5-4L12 12m7.5 4L12 12M4.5 8 12 12M4.5 16 12 12"
            }
            Self::Private => "M12 3 5 6v5c0 5 3 8.5 7 10 4-1.5 7-5 7-10V6zM9 12l2 2 4-4",
            Self::Download => "M12 4v11m-4.5-4.500L12 15l4.5-4.500M5 19.500h14",
            Self::More => "m7 10 5 5 5-5",
            Self::Compare => {
                "M12 3v18M9 6H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3M15 6h3a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-3"
            }
            Self::Exchange => "M7 4v15m-3.5-3.500L7 19l3.5-3.500M17 20V5m-3.5 3.500L17 5l3.5 3.5",
            Self::Add => {
                "M20 12.500V17a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3h4.500M18 3v6m-3-3h6M4.5 16.5 9 12l7 7.5"
            }
            Self::Close => "m6.5 6.5 11 11m0-11-11 11",
            Self::Warning => "M12 4.5 3.5 19h17zM12 10v4.500m0 2.200v.1",
            Self::Faces => {
                "M9 4.500a4 4 0 0 1 4 4c0 2.6-1.8 4.8-4 4.800s-4-2.2-4-4.800a4 4 0 0 1 4-4M2.5 20c.6-3 3-4.5 6.5-4.500s5.9 1.5 6.5 4.500M15.8 4.900a4 4 0 0 1 1.3 7.500M18 15.800c2 .6 3.2 2 3.5 4.2"
            }
            Self::Handle => "m8.5 7-5 5 5 5M15.5 7l5 5-5 5",
            Self::Person => {
                "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.500 20.500c.7-3.600 3.600-5.500 7.500-5.500s6.800 1.900 7.500 5.500"
            }
            Self::Done => {
                "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17M8.300 12.200l2.500 2.500 5-5.200"
            }
            #[cfg(feature = "ssr")]
            Self::Home => "M4 11.200 12 4.500l8 6.700V18a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM12 11v9",
            Self::Camera => {
                "M4 8.500A1.500 1.500 0 0 1 5.500 7H8l1.500-2.500h5L16 7h2.500A1.500 1.500 0 0 1 20 8.500v9a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 4 17.500zM12 9.500a3.300 3.300 0 1 1 0 6.600 3.300 3.300 0 0 1 0-6.600"
            }
            #[cfg(feature = "ssr")]
            Self::SignOut => {
                "M10 4H6.500A1.500 1.500 0 0 0 5 5.500v13A1.500 1.500 0 0 0 6.500 20H10M14.500 8l4 4-4 4M18.500 12H9.500"
            }
            #[cfg(feature = "ssr")]
            Self::Mail => "M4 6.500h16v11H4zM4 7l8 6.500L20 7",
            #[cfg(feature = "ssr")]
            Self::Coin => "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 8.500 15.500 12 12 15.500 8.500 12z",
            #[cfg(feature = "ssr")]
            Self::Key => "M8 11a4 4 0 1 1 0 8 4 4 0 0 1 0-8M10.900 12.100 19 4m-4.500 4.500 3 3M17 6l2 2",
            #[cfg(feature = "ssr")]
            Self::Search => "M10.500 4.500a6 6 0 1 1 0 12 6 6 0 0 1 0-12M15 15l4.500 4.500",
            #[cfg(feature = "ssr")]
            Self::Theme => "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 4v16M12 8h5.500M12 12h8M12 16h5.500",
            #[cfg(feature = "ssr")]
            Self::Language => {
                "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M4 12h16M12 4c2.500 2.300 3.500 5 3.500 8s-1 5.700-3.500 8c-2.500-2.300-3.500-5-3.500-8s1-5.700 3.500-8"
            }
            #[cfg(feature = "ssr")]
            Self::Settings => "M4 8h9m5 0h2M4 16h2m5 0h9M15.500 5.500v5M8.500 13.500v5",
            #[cfg(feature = "ssr")]
            Self::Data => "M12 14V4m-4 3.500L12 4l4 3.500M5 12v6a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-6",
            #[cfg(feature = "ssr")]
            Self::Jobs => {
                "M7 4h10M7 20h10M8 4c0 4.500 8 5.500 8 8s-8 3.500-8 8M16 4c0 4.500-8 5.500-8 8s8 3.500 8 8"
            }
            #[cfg(feature = "ssr")]
            Self::Library => {
                "M4.500 4.500h6.200v6.200H4.500zM13.300 4.500h6.200v6.200h-6.200zM4.500 13.300h6.200v6.200H4.500zM13.300 13.300h6.200v6.200h-6.200z"
            }
            #[cfg(feature = "ssr")]
            Self::Bin => {
                "M5 7h14M9.500 7V4.500h5V7M6.500 7l.8 12.500h9.400L17.500 7M10.300 10.500v5.500m3.400-5.500v5.500"
            }
            #[cfg(feature = "ssr")]
            Self::Link => {
                "M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1"
            }
        }
    }
}

/// An icon beside words, or inside something with a label: it says nothing itself.
#[component]
pub(crate) fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=glyph.path()/>
        </svg>
    }
}
