//! The engine's certificate, in the contract's words.

use contract::quality::{CertificateView, ClipView, Grade, Measure, Reading};
use engine::certificate;

/// The certificate for a page.
pub fn certificate_view(of: &certificate::Certificate) -> CertificateView {
    let faces = of.faces.iter().map(|face| face.readings().into_iter().map(reading).collect());
    CertificateView { grade: grade(of.grade()), faces: faces.collect(), background: reading(of.background()) }
}

/// A clip's for a page.
pub fn clip_view(of: &certificate::ClipCertificate) -> ClipView {
    of.readings().map(reading).collect()
}

fn reading(of: certificate::Reading) -> Reading {
    let measure = match of.measure {
        certificate::Measure::PoseError => Measure::PoseError,
        certificate::Measure::ExpressionError => Measure::ExpressionError,
        certificate::Measure::Seam => Measure::Seam,
        certificate::Measure::Sharpness => Measure::Sharpness,
        certificate::Measure::Background => Measure::Background,
        certificate::Measure::SwapRate => Measure::SwapRate,
        certificate::Measure::Jitter => Measure::Jitter,
    };
    Reading { measure, value: of.value, grade: grade(of.grade) }
}

const fn grade(of: certificate::Grade) -> Grade {
    match of {
        certificate::Grade::Good => Grade::Good,
        certificate::Grade::Fair => Grade::Fair,
        certificate::Grade::Poor => Grade::Poor,
    }
}
