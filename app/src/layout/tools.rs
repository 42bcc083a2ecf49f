//! The tools of the frame: the command palette, and the menu of the account. Native elements; `frontend/scripts/shell.js` adds the
//! palette's keyboard and changes the theme without loading the page again.

use contract::Language;
use contract::users::Theme;
use leptos::prelude::*;

use super::hd_dialog::HdDialog;
use super::tray::JobTray;
use super::words::{PlaceWords, ToolWords};
use crate::format::thousands;
use crate::install::InstallButton;
use crate::ui::{Avatar, Glyph, Icon};
use crate::visitor::Visitor;
use crate::words::{language, own_name};

/// All of them; `back` is the address that the forms lead back to.
#[component]
pub(super) fn Tools(back: String) -> impl IntoView {
    let visitor = use_context::<Visitor>().unwrap_or_default();
    view! {
        <InstallButton/>
        <Search/>
        {visitor.credits.map(|credits| view! { <Credits credits/> })}
        {visitor.name.is_some().then(|| view! { <JobTray/><HdDialog/> })}
        <Menu visitor=visitor.clone() back/>
        <Palette visitor/>
    }
    .into_any()
}

#[component]
fn Search() -> impl IntoView {
    let words = ToolWords::of(language());
    view! {
        <button class="search needs-script" type="button" data-opens="palette" aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" aria-label=words.search>
            <Icon glyph=Glyph::Search/>
            <span>{words.search}</span>
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </button>
    }
}

/// What there is to spend. `frontend/scripts/jobs.js` asks again when a job is ordered and when it ends.
#[component]
fn Credits(credits: i64) -> impl IntoView {
    let language = language();
    view! {
        <a class="credits" href="/account/credits" rel="external" title=ToolWords::of(language).credits>
            <Icon glyph=Glyph::Coin/>
            <span class="credits-label">{ToolWords::of(language).credits}": "</span>
            <span data-credits>{thousands(credits.unsigned_abs(), language)}</span>
        </a>
    }
    .into_any()
}

/// Who somebody is, where their things are, and how the pages look.
#[component]
fn Menu(visitor: Visitor, back: String) -> impl IntoView {
    let words = ToolWords::of(language());
    let places = match visitor.name.clone() {
        Some(name) => {
            let frame = PlaceWords::of(language());
            view! {
                <p class="menu-name">{name}</p>
                <MenuLink href="/account" label=frame.account glyph=Glyph::Person/>
                <MenuLink href="/library" label=frame.library glyph=Glyph::Library/>
                <MenuLink href="/account/settings" label=words.settings glyph=Glyph::Settings/>
                <MenuLink href="/account/security" label=words.security glyph=Glyph::Private/>
                {visitor.moderates.then(|| view! { <MenuLink href="/moderation" label=words.moderation glyph=Glyph::Warning/> })}
            }
            .into_any()
        }
        None => view! {
            <MenuLink href="/sign-in" label=words.sign_in glyph=Glyph::Person/>
            <MenuLink href="/sign-up" label=words.sign_up glyph=Glyph::Mail/>
        }
        .into_any(),
    };
    let leave = visitor.name.is_some().then(|| {
        view! {
            <form id="sign-out-form" method="post" action="/sign-out">
                <button class="menu-row" type="submit"><Icon glyph=Glyph::SignOut/>{words.sign_out}</button>
            </form>
        }
    });
    view! {
        <button class="menu-button" type="button" popovertarget="account-menu" aria-label=words.your_menu title=words.your_menu>
            {match visitor.name.clone() {
                Some(name) => view! { <Avatar name/> }.into_any(),
                None => view! { <Avatar/> }.into_any(),
            }}
        </button>
        <div class="menu" id="account-menu" popover="auto">
            {places}
            // The sixth place has no room at a phone's edge.
            <a class="menu-row menu-models" href="/models"><Icon glyph=Glyph::Models/>{PlaceWords::of(language()).models}</a>
            <ThemeSwitch chosen=visitor.theme back=back.clone()/>
            <LanguageSwitch back/>
            {leave}
        </div>
    }
    .into_any()
}

/// The account's pages are documents of their own, not the app's (docs/adr/0012).
#[component]
fn MenuLink(href: &'static str, label: &'static str, glyph: Glyph) -> impl IntoView {
    view! { <a class="menu-row" href=href rel="external"><Icon glyph/>{label}</a> }.into_any()
}

/// How the pages look, as a form: it works without JavaScript.
#[component]
fn ThemeSwitch(chosen: Theme, back: String) -> impl IntoView {
    let words = ToolWords::of(language());
    let all = [(Theme::System, words.as_device), (Theme::Light, words.light), (Theme::Dark, words.dark)];
    let choices: Vec<AnyView> = all
        .into_iter()
        .map(|(theme, label)| {
            view! {
                <button class="segment" type="submit" name="theme" value=theme.as_str() aria-pressed=(theme == chosen).to_string()>
                    {label}
                </button>
            }
            .into_any()
        })
        .collect();
    view! {
        <form class="segments" id="theme-form" method="post" action="/theme" role="group" aria-label=words.theme>
            <input type="hidden" name="back" value=back/>
            {choices}
        </form>
    }
    .into_any()
}

/// The other language, as a form too.
#[component]
fn LanguageSwitch(back: String) -> impl IntoView {
    let current = language();
    let choices: Vec<AnyView> = Language::ALL
        .into_iter()
        .map(|choice| {
            let pressed = (choice == current).to_string();
            view! {
                <button class="segment" type="submit" name="language" value=choice.tag() lang=choice.tag() aria-pressed=pressed>
                    {own_name(choice)}
                </button>
            }
            .into_any()
        })
        .collect();
    view! {
        <form class="segments" id="language-form" method="post" action="/language" role="group" aria-label=ToolWords::of(current).language>
            <input type="hidden" name="back" value=back/>
            {choices}
        </form>
    }
    .into_any()
}

/// All pages and all that can be done from anywhere, found by a few letters. A dialog with a combobox over a list
/// (W3C ARIA Authoring Practices, 1.2).
#[component]
fn Palette(visitor: Visitor) -> impl IntoView {
    let words = ToolWords::of(language());
    view! {
        <dialog class="palette" id="palette" aria-label=words.palette closedby="any">
            <div class="palette-field">
                <Icon glyph=Glyph::Search/>
                <input
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="go"
                    aria-label=words.search
                    placeholder=words.search
                    aria-autocomplete="list"
                    aria-expanded="true"
                    aria-controls="palette-list"
                />
                <form method="dialog"><button class="icon-button" aria-label=words.close><Icon glyph=Glyph::Close/></button></form>
            </div>
            <div class="palette-list" id="palette-list" role="listbox" aria-label=words.palette>
                {options(&visitor)}
            </div>
            <p class="palette-none" role="status" data-sentence=words.nothing_found></p>
        </dialog>
    }
    .into_any()
}

/// What the palette lists: its place among the others is its number, and its number its id.
fn options(visitor: &Visitor) -> Vec<AnyView> {
    let signed_in = visitor.name.is_some();
    let (frame, words) = (PlaceWords::of(language()), ToolWords::of(language()));
    let mut all = vec![
        Command::go("/", frame.home, Glyph::Home, words.also_home),
        Command::go("/studio", frame.studio, Glyph::Studio, words.also_studio),
        Command::go("/live", frame.live, Glyph::Camera, words.also_live),
        Command::go("/verify", frame.verify, Glyph::Private, words.also_verify),
        Command::go("/models", frame.models, Glyph::Models, words.also_models),
    ];
    if signed_in {
        all.extend([
            Command::leave("/account", frame.account, Glyph::Person),
            Command::leave("/library", frame.library, Glyph::Library),
            Command::leave("/account/settings", words.settings, Glyph::Settings),
            Command::leave("/account/security", words.security, Glyph::Private),
            Command::leave("/account/keys", words.keys, Glyph::Key),
            Command::leave("/account/faces", words.faces, Glyph::Faces),
            Command::leave("/account/data", words.data, Glyph::Data),
        ]);
        all.extend(
            visitor.moderates.then(|| Command::leave("/moderation", words.moderation, Glyph::Warning)),
        );
    } else {
        all.extend([
            Command::leave("/sign-in", words.sign_in, Glyph::Person),
            Command::leave("/sign-up", words.sign_up, Glyph::Mail),
        ]);
    }
    all.extend([
        Command::leave("/privacy", words.privacy, Glyph::Private),
        Command::leave("/report", words.report, Glyph::Warning),
    ]);
    let themes =
        [(Theme::Dark, words.use_dark), (Theme::Light, words.use_light), (Theme::System, words.use_device)];
    all.extend(
        themes
            .map(|(theme, label)| Command::press("theme-form", "theme", theme.as_str(), label, Glyph::Theme)),
    );
    let others = Language::ALL.into_iter().filter(|&other| other != language());
    all.extend(others.map(|other| {
        Command::press("language-form", "language", other.tag(), own_name(other), Glyph::Language)
    }));
    if signed_in {
        all.push(Command::press("sign-out-form", "", "", words.sign_out, Glyph::SignOut));
    }
    all.into_iter().enumerate().map(|(at, command)| command.option(at)).collect()
}

/// Something that the palette can do.
struct Command {
    label: &'static str,
    glyph: Glyph,
    /// Other words that find it.
    also: &'static str,
    does: Does,
}

enum Does {
    /// Goes to a page; whether it is a document of its own.
    Go(&'static str, bool),
    /// Sends one of the menu's forms, with a name and a value.
    Send(&'static str, &'static str, &'static str),
}

impl Command {
    const fn go(href: &'static str, label: &'static str, glyph: Glyph, also: &'static str) -> Self {
        Self { label, glyph, also, does: Does::Go(href, false) }
    }

    const fn leave(href: &'static str, label: &'static str, glyph: Glyph) -> Self {
        Self { label, glyph, also: "", does: Does::Go(href, true) }
    }

    const fn press(
        form: &'static str,
        name: &'static str,
        value: &'static str,
        label: &'static str,
        glyph: Glyph,
    ) -> Self {
        Self { label, glyph, also: "", does: Does::Send(form, name, value) }
    }

    fn option(self, at: usize) -> AnyView {
        let Self { label, glyph, also, does } = self;
        let id = format!("command-{at}");
        match does {
            Does::Go(href, document) => view! {
                <a class="menu-row" role="option" id=id tabindex="-1" aria-selected="false" href=href rel=document.then_some("external") data-also=also>
                    <Icon glyph/>{label}
                </a>
            }
            .into_any(),
            Does::Send(form, name, value) => view! {
                <button class="menu-row" role="option" id=id tabindex="-1" aria-selected="false" type="submit" form=form name=name value=value data-also=also>
                    <Icon glyph/>{label}
                </button>
            }
            .into_any(),
        }
    }
}
