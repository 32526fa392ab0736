//! `std::time`. On a schedule the clock goes on only when no thread can, as far as the first one sleeps; elsewhere it may be
//! [ahead](checks::clock).

use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::sync::OnceLock;

use checks::{clock, schedule};

pub use ::std::time::*;

/// See [`std::time::Instant`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(std::time::Instant);

/// When every schedule began, as far as its threads see.
static START: OnceLock<(std::time::Instant, std::time::SystemTime)> = OnceLock::new();

/// What both clocks show the calling thread.
fn now() -> (std::time::Instant, std::time::SystemTime) {
    let real = || (std::time::Instant::now(), std::time::SystemTime::now());
    let ((instant, system_time), later) = match schedule::now() {
        Some(time) => (*START.get_or_init(real), time),
        None => (real(), clock::ahead().unwrap_or_default()),
    };
    (instant + later, system_time + later)
}

impl Instant {
    /// See [`std::time::Instant::now`].
    #[must_use]
    pub fn now() -> Instant {
        Instant(now().0)
    }

    /// See [`std::time::Instant::elapsed`].
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Instant::now().duration_since(*self)
    }

    /// See [`std::time::Instant::duration_since`].
    #[must_use]
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.0.duration_since(earlier.0)
    }

    /// See [`std::time::Instant::checked_duration_since`].
    #[must_use]
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        self.0.checked_duration_since(earlier.0)
    }

    /// See [`std::time::Instant::saturating_duration_since`].
    #[must_use]
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.0.saturating_duration_since(earlier.0)
    }

    /// See [`std::time::Instant::checked_add`].
    #[must_use]
    pub fn checked_add(&self, time: Duration) -> Option<Instant> {
        self.0.checked_add(time).map(Instant)
    }

    /// See [`std::time::Instant::checked_sub`].
    #[must_use]
    pub fn checked_sub(&self, time: Duration) -> Option<Instant> {
        self.0.checked_sub(time).map(Instant)
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, time: Duration) -> Instant {
        Instant(self.0 + time)
    }
}

impl Sub<Duration> for Instant {
    type Output = Instant;

    fn sub(self, time: Duration) -> Instant {
        Instant(self.0 - time)
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Instant) -> Duration {
        self.0 - earlier.0
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, time: Duration) {
        self.0 += time;
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, time: Duration) {
        self.0 -= time;
    }
}

/// See [`std::time::SystemTime`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemTime(std::time::SystemTime);

/// See [`std::time::UNIX_EPOCH`].
pub const UNIX_EPOCH: SystemTime = SystemTime::UNIX_EPOCH;

impl SystemTime {
    /// See [`std::time::SystemTime::UNIX_EPOCH`].
    pub const UNIX_EPOCH: SystemTime = SystemTime(std::time::UNIX_EPOCH);

    /// See [`std::time::SystemTime::now`].
    #[must_use]
    pub fn now() -> SystemTime {
        SystemTime(now().1)
    }

    /// See [`std::time::SystemTime::elapsed`].
    ///
    /// # Errors
    /// If the time is still to come.
    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {
        SystemTime::now().duration_since(*self)
    }

    /// See [`std::time::SystemTime::duration_since`].
    ///
    /// # Errors
    /// If `earlier` is later.
    pub fn duration_since(&self, earlier: SystemTime) -> Result<Duration, SystemTimeError> {
        self.0.duration_since(earlier.0)
    }

    /// See [`std::time::SystemTime::checked_add`].
    #[must_use]
    pub fn checked_add(&self, time: Duration) -> Option<SystemTime> {
        self.0.checked_add(time).map(SystemTime)
    }

    /// See [`std::time::SystemTime::checked_sub`].
    #[must_use]
    pub fn checked_sub(&self, time: Duration) -> Option<SystemTime> {
        self.0.checked_sub(time).map(SystemTime)
    }
}

impl Add<Duration> for SystemTime {
    type Output = SystemTime;

    fn add(self, time: Duration) -> SystemTime {
        SystemTime(self.0 + time)
    }
}

impl Sub<Duration> for SystemTime {
    type Output = SystemTime;

    fn sub(self, time: Duration) -> SystemTime {
        SystemTime(self.0 - time)
    }
}

impl AddAssign<Duration> for SystemTime {
    fn add_assign(&mut self, time: Duration) {
        self.0 += time;
    }
}

impl SubAssign<Duration> for SystemTime {
    fn sub_assign(&mut self, time: Duration) {
        self.0 -= time;
    }
}
