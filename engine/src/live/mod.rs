//! A face on a running picture: faces are followed from frame to frame and painted over in place.
//!
//! The source is laid flat once ([`Engine::fuse`]). A frame then costs the mesh network for each face, a picture of the face
//! ([`surface`]), and what makes it fit: measured small, applied at the frame's own resolution ([`paint`]).

mod one_euro;
mod paint;
mod surface;

use crate::Engine;
use crate::certificate::ClipMeter;
use crate::face::{Face, MeshReading, bounds_overlap, part_to_follow, size_px};
use crate::graft::{Strength, ToneMatch};
use crate::photo::Photo;
use crate::source::SourceTexture;
use crate::swap::{SwapError, SwapOptions};
use one_euro::OneEuro;
use paint::{Job, Painter};

/// Frames for which a face that was not seen is still painted where it was: a blink of the detector shows no flicker.
const HOLD_FRAMES: u32 = 4;
/// While fewer faces are followed than wanted, the whole picture is searched after as many frames.
const SEARCH_EVERY: u32 = 20;
/// Meshes that overlap more are the same face.
const SAME_FACE_IOU: f32 = 0.4;
/// Frames after which a face is known well enough to be put onto somebody else.
const KNOWN_AFTER: u32 = 6;

/// Whose face is put on.
#[derive(Debug)]
enum Faces {
    /// One face, on everybody.
    Same(SourceTexture),
    /// That of the other of two people: of the track with the same number, both or none.
    Others(Vec<SourceTexture>),
}

impl Faces {
    /// The face for the track of this number.
    fn for_track(&self, track: usize) -> Option<&SourceTexture> {
        match self {
            Self::Same(source) => Some(source),
            Self::Others(sources) => sources.get(1 - track.min(1)),
        }
    }
}

/// Faces put onto the faces of a camera or a clip.
#[derive(Debug)]
pub struct LiveSwap {
    wearing: Faces,
    strength: Strength,
    most_faces: usize,
    tracks: Vec<Track>,
    since_search: u32,
    painter: Painter,
    reading: MeshReading,
}

/// A face that is followed.
#[derive(Debug)]
struct Track {
    /// Landmarks in frame pixels.
    filter: OneEuro,
    /// The same as they were measured, in the last frame that showed them.
    measured: Vec<[f32; 3]>,
    tone: Option<ToneMatch>,
    missed: u32,
    seen: u32,
}

impl Track {
    fn new(landmarks: &[[f32; 3]], time_s: f64) -> Self {
        let filter = OneEuro::new(landmarks, time_s);
        Self { filter, measured: landmarks.to_vec(), tone: None, missed: 0, seen: 1 }
    }
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveFrame {
    /// Faces that were painted over.
    pub faces: usize,
    /// Of those, faces painted where they were last seen.
    pub held: usize,
    /// Whether the picture was searched for faces.
    pub searched: bool,
}

impl Engine {
    /// Prepares to put the source's face onto up to `most_faces` faces of each frame.
    ///
    /// # Errors
    ///
    /// [`SwapError`] when an option or the source's face is no good.
    pub fn live(
        &self,
        source: &Photo,
        face: &Face,
        options: &SwapOptions,
        most_faces: usize,
    ) -> Result<LiveSwap, SwapError> {
        self.live_fused(self.fuse(&[(source, face)])?, options, most_faces)
    }

    /// Prepares to put a fused face onto up to `most_faces` faces of each frame.
    ///
    /// # Errors
    ///
    /// [`SwapError`] when an option is no good.
    pub fn live_fused(
        &self,
        source: SourceTexture,
        options: &SwapOptions,
        most_faces: usize,
    ) -> Result<LiveSwap, SwapError> {
        LiveSwap::new(Faces::Same(source), options, most_faces)
    }

    /// Prepares to exchange the faces of the first two people that the frames show; nothing is painted while there is one.
    ///
    /// # Errors
    ///
    /// [`SwapError`] when an option is no good.
    pub fn live_exchange(&self, options: &SwapOptions) -> Result<LiveSwap, SwapError> {
        LiveSwap::new(Faces::Others(Vec::new()), options, 2)
    }
}

impl LiveSwap {
    fn new(wearing: Faces, options: &SwapOptions, most_faces: usize) -> Result<Self, SwapError> {
        options.validate()?;
        Ok(Self {
            wearing,
            strength: Strength { likeness: options.likeness, skin_tone: options.skin_tone },
            most_faces,
            tracks: Vec::new(),
            since_search: 0,
            painter: Painter::default(),
            reading: MeshReading::default(),
        })
    }

    /// The part of the next frame that is needed: left, top, right, bottom in pixels of a frame of that size; none when
    /// the whole is to be searched.
    pub fn wanted(&self, width: u32, height: u32) -> Option<[u32; 4]> {
        if self.is_search_due() {
            return None;
        }
        // What the mesh network looks at has room for what a face may do until the next frame.
        let all = self.tracks.iter().map(|track| part_to_follow(track.filter.values()));
        let [left, top, right, bottom] =
            all.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])?;
        let inside = |v: f32, size: u32| v.clamp(0.0, size as f32) as u32;
        let part = [
            inside(left, width),
            inside(top, height),
            inside(right.ceil(), width),
            inside(bottom.ceil(), height),
        ];
        (part[0] < part[2] && part[1] < part[3]).then_some(part)
    }

    /// Landmarks of the faces that are followed, in frame pixels.
    pub fn faces(&self) -> impl Iterator<Item = &[[f32; 3]]> {
        self.tracks.iter().map(|track| track.filter.values())
    }

    /// Paints one frame, or the part of it that [`LiveSwap::wanted`] named, in place.
    ///
    /// `origin` is where that part begins in the frame, in pixels; `time_s` is the frame's time in seconds, which only has
    /// to grow.
    pub fn frame(
        &mut self,
        engine: &Engine,
        picture: &mut Photo,
        origin: [u32; 2],
        time_s: f64,
    ) -> LiveFrame {
        let origin = origin.map(|v| v as f32);
        let mut report = LiveFrame { faces: 0, held: 0, searched: self.is_search_due() };
        self.follow(engine, picture, origin, time_s);
        self.since_search += 1;
        if report.searched {
            self.search(engine, picture, origin, time_s);
        }
        self.learn(engine, picture, origin);
        for (number, track) in self.tracks.iter_mut().enumerate() {
            let Some(source) = self.wearing.for_track(number) else { continue };
            let job = Job { topology: &engine.topology, source, strength: self.strength };
            let target = moved(track.filter.values(), [-origin[0], -origin[1]]);
            if self.painter.paint(&job, &target, &mut track.tone, picture).is_some() {
                report.faces += 1;
                report.held += usize::from(track.missed > 0);
            }
        }
        report
    }

    /// Takes the frame that was painted last into a clip's certificate: its first face as it was, and as it reads now.
    ///
    /// `picture` and `origin` are those of [`LiveSwap::frame`]. Costs the mesh network's run once more.
    pub fn meter(&mut self, engine: &Engine, picture: &Photo, origin: [u32; 2], clip: &mut ClipMeter) {
        let origin = origin.map(|v| v as f32);
        let seen = self.tracks.first().filter(|track| track.missed == 0);
        let Some(track) = seen else { return clip.add(None, None) };
        let place = moved(track.filter.values(), [-origin[0], -origin[1]]);
        let is_worn = self.wearing.for_track(0).is_some();
        let is_face = is_worn && engine.finder.follow(picture, &place, &mut self.reading);
        let after = is_face.then(|| Face::of_landmarks(moved(&self.reading.landmarks, origin)));
        clip.add(Some(&Face::of_landmarks(track.measured.clone())), after.as_ref());
    }

    fn is_search_due(&self) -> bool {
        let lacks_faces = self.tracks.len() < self.most_faces;
        self.tracks.is_empty() || (lacks_faces && self.since_search >= SEARCH_EVERY)
    }

    /// Measures each face again where it was.
    fn follow(&mut self, engine: &Engine, picture: &Photo, origin: [f32; 2], time_s: f64) {
        for track in &mut self.tracks {
            let before = moved(track.filter.values(), [-origin[0], -origin[1]]);
            if engine.finder.follow(picture, &before, &mut self.reading) {
                let now = moved(&self.reading.landmarks, origin);
                track.filter.update(&now, size_px(&now), time_s);
                track.measured = now;
                (track.missed, track.seen) = (0, track.seen + 1);
            } else {
                track.missed += 1;
            }
        }
        self.tracks.retain(|track| track.missed <= HOLD_FRAMES);
    }

    /// Adds faces that are not followed yet.
    fn search(&mut self, engine: &Engine, picture: &Photo, origin: [f32; 2], time_s: f64) {
        self.since_search = 0;
        for face in engine.finder.look(picture) {
            let landmarks = moved(&face.landmarks, origin);
            let is_known = |track: &Track| bounds_overlap(track.filter.values(), &landmarks) > SAME_FACE_IOU;
            if self.tracks.len() < self.most_faces && !self.tracks.iter().any(is_known) {
                self.tracks.push(Track::new(&landmarks, time_s));
            }
        }
    }

    /// Takes the two faces for an exchange from the frame, which is not painted yet, once both are known well; forgets them
    /// when one of the two has gone.
    fn learn(&mut self, engine: &Engine, picture: &Photo, origin: [f32; 2]) {
        let Faces::Others(sources) = &mut self.wearing else { return };
        if self.tracks.len() < 2 {
            sources.clear();
        } else if sources.is_empty() && self.tracks.iter().all(|t| t.seen >= KNOWN_AFTER && t.missed == 0) {
            let here = |track: &Track| moved(track.filter.values(), [-origin[0], -origin[1]]);
            let both = self.tracks.iter().map(|track| engine.texture_of(picture, &here(track)));
            *sources = both.collect::<Option<_>>().unwrap_or_default();
        }
    }
}

fn moved(landmarks: &[[f32; 3]], by: [f32; 2]) -> Vec<[f32; 3]> {
    landmarks.iter().map(|p| [p[0] + by[0], p[1] + by[1], p[2]]).collect()
}
