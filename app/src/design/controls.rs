//! Buttons, fields, choices, sliders.

use leptos::prelude::*;

use super::words::DesignWords;
use crate::ui::{
    Button, ButtonLink, Card, Choice, Field, FieldKind, Glyph, IconButton, Of, Progress, Select, Slider,
    Switch, Weight,
};
use crate::words::language;

#[component]
pub(super) fn Buttons() -> impl IntoView {
    let words = DesignWords::of(language());
    let pressed = Callback::new(|()| {});
    let on = Signal::stored(true);
    view! {
        <Card id="buttons" title=words.buttons>
            <div class="form-line">
                <Button label=words.main weight=Weight::Main on_press=pressed/>
                <Button label=words.plain on_press=pressed/>
                <Button label=words.plain glyph=Glyph::Download on_press=pressed/>
                <Button label=words.fault weight=Weight::Fault on_press=pressed/>
                <Button label=words.quiet weight=Weight::Quiet on_press=pressed/>
                <ButtonLink href="/design" label=words.link glyph=Glyph::Models/>
                <IconButton glyph=Glyph::Exchange label=words.plain on_press=pressed/>
            </div>
            <div class="form-line design-line">
                <Button label=words.busy weight=Weight::Main busy=on on_press=pressed/>
                <Button label=words.disabled weight=Weight::Main disabled=on on_press=pressed/>
                <Button label=words.disabled disabled=on on_press=pressed/>
                <IconButton glyph=Glyph::Exchange label=words.disabled disabled=on on_press=pressed/>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
pub(super) fn Fields() -> impl IntoView {
    let words = DesignWords::of(language());
    let fault = Some(words.name_fault.to_owned());
    let id = |name: &str| format!("design-{name}");
    view! {
        <Card id="fields" title=words.fields>
            <div class="form">
                <Field id=id("name") name="name" label=words.name kind=FieldKind::Text hint=Some(words.hint)/>
                <Field id=id("wrong") name="wrong" label=words.name kind=FieldKind::Text value=words.long_text.to_owned() fault/>
                <Field id=id("off") name="off" label=words.disabled kind=FieldKind::Email value="ada@example.org".to_owned() disabled=true/>
                <Field id=id("password") name="password" label=words.password kind=FieldKind::NewPassword/>
                <Field id=id("code") name="code" label=words.code kind=FieldKind::OneTimeCode value="123456".to_owned()/>
                <Field id=id("about") name="about" label=words.about kind=FieldKind::Lines value=words.long_text.to_owned()/>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
pub(super) fn Choices() -> impl IntoView {
    let words = DesignWords::of(language());
    let qualities = || vec![("draft", words.draft), ("fine", words.fine), ("grand", words.grand)];
    view! {
        <Card id="choices" title=words.choices>
            <div class="form">
                <Select name="quality" label=words.quality options=qualities() chosen="fine"/>
                <Select name="quality-off" label=words.disabled options=qualities() disabled=true/>
                <fieldset class="choices">
                    <legend class="field-label">{words.quality}</legend>
                    <Choice of=Of::One name="one" value="draft" label=words.draft/>
                    <Choice of=Of::One name="one" value="fine" label=words.fine checked=true/>
                    <Choice of=Of::One name="one" value="grand" label=words.disabled disabled=true/>
                </fieldset>
                <fieldset class="choices">
                    <legend class="field-label">{words.news}</legend>
                    <Choice of=Of::Any name="any" value="mail" label=words.mail_me checked=true/>
                    <Choice of=Of::Any name="any" value="long" label=words.long_text/>
                    <Switch name="map" label=words.show_map value=RwSignal::new(true)/>
                    <Switch name="mail" label=words.mail_me value=RwSignal::new(false)/>
                    <Switch name="switch-off" label=words.disabled value=RwSignal::new(false) disabled=true/>
                </fieldset>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
pub(super) fn Sliders() -> impl IntoView {
    let words = DesignWords::of(language());
    let [some, all, none] = [72, 100, 0].map(RwSignal::new);
    let arrived = Signal::derive(move || Some(some.get()));
    view! {
        <Card id="sliders" title=words.sliders>
            <div class="form">
                <Slider label=words.likeness name="slider-some" value=some/>
                <Slider label=words.skin_tone name="slider-all" value=all/>
                <Slider label=words.disabled name="slider-off" value=none disabled=true/>
                <Progress label=words.loading percent=arrived/>
                <Progress label=words.wandering percent=Signal::stored(None)/>
            </div>
        </Card>
    }
    .into_any()
}
