//! Writes portraits as PNG with their landmarks beside them: `gallery OUT [SIDE] [gallery|nobody|poses|NAME]`.

use portrait::{Drawing, Landmarks, Portrait, gallery, group, render};
use std::{fs, path::Path};

fn save(folder: &Path, name: &str, drawing: &Drawing) -> Result<(), Box<dyn std::error::Error>> {
    let file = folder.join(format!("{name}.png"));
    image::save_buffer(file, &drawing.rgba, drawing.width, drawing.height, image::ColorType::Rgba8)?;
    fs::write(folder.join(format!("{name}.txt")), truth(&drawing.landmarks))?;
    Ok(())
}

fn truth(landmarks: &Landmarks) -> String {
    let line = |(l, [x, y], seen): (portrait::Landmark, [f32; 2], bool)| {
        let mesh = l.mesh_index().map_or("-".into(), |i| i.to_string());
        format!("{} {mesh} {x:.2} {y:.2} {}\n", format!("{l:?}").replace(' ', ""), u8::from(seen))
    };
    landmarks.iter().map(line).collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let folder = Path::new(args.get(1).map_or("/tmp/portraits", String::as_str));
    let side: u32 = args.get(2).and_then(|s| s.parse().ok()).unwrap_or(768);
    let what = args.get(3).map_or("gallery", String::as_str);
    fs::create_dir_all(folder)?;
    let portraits: Vec<(String, Portrait)> = match what {
        "nobody" => (0..20).map(|s| (format!("n{s:02}"), Portrait::nobody(s))).collect(),
        "poses" => poses(),
        name => gallery()
            .into_iter()
            .filter(|s| name == "gallery" || s.name == name)
            .map(|s| (s.name.to_string(), s.portrait))
            .collect(),
    };
    for (name, portrait) in &portraits {
        let drawing = render(portrait, side, side);
        save(folder, name, &drawing)?;
    }
    if what == "gallery" {
        let three: Vec<Portrait> = portraits.iter().take(3).map(|p| p.1.clone()).collect();
        let drawing = group(&three, side * 2, side);
        image::save_buffer(
            folder.join("group.png"),
            &drawing.rgba,
            drawing.width,
            drawing.height,
            image::ColorType::Rgba8,
        )?;
    }
    Ok(())
}

fn poses() -> Vec<(String, Portrait)> {
    let turns = [
        (-30.0, 0.0),
        (-15.0, 0.0),
        (15.0, 0.0),
        (30.0, 0.0),
        (0.0, -15.0),
        (0.0, 15.0),
        (20.0, 10.0),
        (-20.0, -10.0),
    ];
    let all = gallery().into_iter().flat_map(|s| {
        turns.map(|(yaw, pitch)| {
            let mut p = s.portrait.clone();
            (p.pose.yaw_deg, p.pose.pitch_deg, p.pose.roll_deg) = (yaw, pitch, 0.0);
            (format!("{}_{yaw}_{pitch}", s.name), p)
        })
    });
    all.collect()
}
