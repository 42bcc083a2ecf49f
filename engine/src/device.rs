//! Devices by name, and whether they work: opened with a tiny computation before anything depends on them.
//!
//! A device is always named. Burn's own default is a GPU wherever a backend for one is compiled in, there or not. The
//! features `vulkan` and `cuda` compile those backends in (docs/adr/0051); without them there is the processor.

use core::fmt;
use core::str::FromStr;
use std::panic::{AssertUnwindSafe, catch_unwind};

use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where networks run, as one asks for it: `auto`, `flex`, `vulkan` or `cuda:N`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DeviceChoice {
    /// The first that works of CUDA, Vulkan and the processor.
    Auto,
    /// The processor: our kernels, and Burn's `flex` backend. Every build has it.
    #[default]
    Flex,
    /// The GPU that Vulkan prefers.
    Vulkan,
    /// The NVIDIA GPU of that number, from 0.
    Cuda(usize),
}

impl DeviceChoice {
    /// The names, for whoever has to ask.
    pub const NAMES: &str = "auto, flex, vulkan or cuda:N";
}

impl fmt::Display for DeviceChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Flex => f.write_str("flex"),
            Self::Vulkan => f.write_str("vulkan"),
            Self::Cuda(index) => write!(f, "cuda:{index}"),
        }
    }
}

/// A name that is no device's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is no device: {names}", names = DeviceChoice::NAMES)]
pub struct UnknownDevice(String);

impl FromStr for DeviceChoice {
    type Err = UnknownDevice;

    fn from_str(name: &str) -> Result<Self, UnknownDevice> {
        match name {
            "auto" => Ok(Self::Auto),
            "flex" => Ok(Self::Flex),
            "vulkan" => Ok(Self::Vulkan),
            "cuda" => Ok(Self::Cuda(0)),
            _ => {
                let index = name.strip_prefix("cuda:").and_then(|index| index.parse().ok());
                index.map(Self::Cuda).ok_or_else(|| UnknownDevice(name.to_owned()))
            }
        }
    }
}

impl TryFrom<String> for DeviceChoice {
    type Error = UnknownDevice;

    fn try_from(name: String) -> Result<Self, UnknownDevice> {
        name.parse()
    }
}

impl From<DeviceChoice> for String {
    fn from(choice: DeviceChoice) -> Self {
        choice.to_string()
    }
}

/// Why a device is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unavailable {
    /// Its backend is not in this build.
    #[error("{0} is not compiled in: build with its cargo feature")]
    NotCompiledIn(DeviceChoice),
    /// It does not compute, or not right.
    #[error("{0} is compiled in, but does not answer on this machine")]
    NoAnswer(DeviceChoice),
}

/// A device that works.
#[derive(Clone, Debug)]
pub struct OpenDevice {
    /// For [`crate::Engine::load`].
    pub device: Device,
    /// Which it is; never [`DeviceChoice::Auto`].
    pub name: DeviceChoice,
    /// What was asked for or tried before, and does not work.
    pub passed_over: Vec<Unavailable>,
}

/// Opens what was asked for, and the processor if that does not work.
///
/// A backend that finds no GPU panics; that is caught, but the panic's message goes to standard error.
pub fn open(choice: DeviceChoice) -> OpenDevice {
    let wanted = match choice {
        DeviceChoice::Auto => compiled_in(),
        named => vec![named],
    };
    let mut passed_over = Vec::new();
    for name in wanted {
        match probe(name) {
            Ok(device) => return OpenDevice { device, name, passed_over },
            Err(why) => passed_over.push(why),
        }
    }
    OpenDevice { device: crate::cpu(), name: DeviceChoice::Flex, passed_over }
}

/// The devices whose backends are in this build, the fastest first.
pub fn compiled_in() -> Vec<DeviceChoice> {
    let all = [DeviceChoice::Cuda(0), DeviceChoice::Vulkan, DeviceChoice::Flex];
    all.into_iter().filter(|&name| backend(name).is_some()).collect()
}

/// Makes a device compute something that is known.
///
/// # Errors
///
/// [`Unavailable`] when it cannot.
pub fn probe(name: DeviceChoice) -> Result<Device, Unavailable> {
    let make = backend(name).ok_or(Unavailable::NotCompiledIn(name))?;
    let attempt = || {
        let device = make();
        let numbers = Tensor::<1>::from_floats([1.0, 2.0, 3.0], &device);
        let sum = (numbers.clone() * numbers).sum().try_into_data().ok()?.try_to_vec::<f32>().ok()?;
        (sum == [14.0]).then_some(device)
    };
    catch_unwind(AssertUnwindSafe(attempt)).ok().flatten().ok_or(Unavailable::NoAnswer(name))
}

/// What makes the device, if its backend is in this build.
fn backend(name: DeviceChoice) -> Option<Box<dyn Fn() -> Device>> {
    match name {
        DeviceChoice::Flex => Some(Box::new(crate::cpu)),
        #[cfg(feature = "vulkan")]
        DeviceChoice::Vulkan => Some(Box::new(|| Device::vulkan(burn::tensor::DeviceKind::DefaultDevice))),
        #[cfg(feature = "cuda")]
        DeviceChoice::Cuda(index) => Some(Box::new(move || Device::cuda(index))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_as_written() {
        for name in ["auto", "flex", "vulkan", "cuda:0", "cuda:7"] {
            assert_eq!(name.parse::<DeviceChoice>().map(|choice| choice.to_string()), Ok(name.to_owned()));
        }
        assert_eq!("cuda".parse(), Ok(DeviceChoice::Cuda(0)));
        for bad in ["", "gpu", "cuda:", "cuda:-1", "cuda:x", "Flex"] {
            assert!(bad.parse::<DeviceChoice>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_processor_always_answers_and_is_what_is_left() {
        assert_eq!(open(DeviceChoice::Flex).passed_over, []);
        assert_eq!(compiled_in().last(), Some(&DeviceChoice::Flex));
        // No machine has as many.
        let none = DeviceChoice::Cuda(usize::from(u16::MAX));
        let opened = open(none);
        assert_eq!((opened.name, opened.device == crate::cpu()), (DeviceChoice::Flex, true));
        assert_eq!(opened.passed_over.len(), 1);
    }

    #[cfg(not(any(feature = "vulkan", feature = "cuda")))]
    #[test]
    fn what_is_not_compiled_in_is_said_and_auto_does_not_ask_for_it() {
        let opened = open(DeviceChoice::Vulkan);
        assert_eq!(opened.passed_over, [Unavailable::NotCompiledIn(DeviceChoice::Vulkan)]);
        assert_eq!(open(DeviceChoice::Auto).passed_over, []);
    }
}
