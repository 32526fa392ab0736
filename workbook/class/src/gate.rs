//! How fast a class takes new learners, so that one program cannot fill it with learners who are none.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Instant;

/// What one address may do at once, and what it gets each second. A room behind one router has one address: with these, 200
/// are in within 70 seconds.
const ADDRESS: Rate = Rate {
    at_once: 60.0,
    per_second: 2.0,
};

/// The same for all addresses together.
const ALL: Rate = Rate {
    at_once: 120.0,
    per_second: 4.0,
};

struct Rate {
    at_once: f64,
    per_second: f64,
}

/// Counts who joins, and from where.
#[derive(Debug, Clone)]
pub struct Gate {
    all: Bucket,
    addresses: HashMap<IpAddr, Bucket>,
}

/// How many joins were left at a moment.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Bucket {
    fn full(rate: &Rate, at: Instant) -> Bucket {
        Bucket {
            left: rate.at_once,
            at,
        }
    }

    fn fill(&mut self, rate: &Rate, now: Instant) {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = (self.left + passed * rate.per_second).min(rate.at_once);
        self.at = now;
    }
}

impl Gate {
    /// Nobody has joined yet.
    pub fn new(now: Instant) -> Gate {
        Gate {
            all: Bucket::full(&ALL, now),
            addresses: HashMap::new(),
        }
    }

    /// Whether somebody from this address may join now; if so, the join is counted.
    pub fn admits(&mut self, from: IpAddr, now: Instant) -> bool {
        let all = &mut self.all;
        all.fill(&ALL, now);
        if all.left < 1.0 {
            return false;
        }
        self.addresses.retain(|_, bucket| {
            bucket.fill(&ADDRESS, now);
            bucket.left < ADDRESS.at_once
        });
        let bucket = self.addresses.entry(network(from));
        let bucket = bucket.or_insert_with(|| Bucket::full(&ADDRESS, now));
        if bucket.left < 1.0 {
            return false;
        }
        bucket.left -= 1.0;
        all.left -= 1.0;
        true
    }
}

/// One machine has as many IPv6 addresses as it likes: those of one network, of 64 bits, count as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) >> 64 << 64).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const ROUTER: &str = "192.168.1.1";

    fn admitted(gate: &mut Gate, addresses: impl Iterator<Item = IpAddr>, now: Instant) -> usize {
        addresses.filter(|from| gate.admits(*from, now)).count()
    }

    fn from(address: &str, times: usize) -> impl Iterator<Item = IpAddr> {
        std::iter::repeat_n(address.parse().unwrap(), times)
    }

    /// As a learner's workbook tries again: after 1 s, 2 s, 4 s …, then every 30 s.
    #[test]
    fn two_hundred_learners_behind_one_address_who_start_at_once_are_in_within_two_minutes() {
        let start = Instant::now();
        let mut gate = Gate::new(start);
        let mut outside = 200;
        let (mut passed, mut wait) = (0, 1);
        while passed <= 120 {
            let now = start + Duration::from_secs(passed);
            outside -= admitted(&mut gate, from(ROUTER, outside), now);
            passed += wait;
            wait = (wait * 2).min(30);
        }
        assert_eq!(outside, 0);
    }

    #[test]
    fn the_page_for_instructors_says_how_many() {
        let page = include_str!("../../../src/instructor/board.md");
        let Rate {
            at_once,
            per_second,
        } = ADDRESS;
        let says = format!("{at_once} new learners at once, and then {per_second} each second");
        assert!(page.contains(&says), "{says}");
        assert_eq!(ALL.at_once, 2.0 * at_once);
        assert_eq!(ALL.per_second, 2.0 * per_second);
    }

    #[test]
    fn two_hundred_who_come_one_by_one_within_two_minutes_never_wait() {
        let start = Instant::now();
        let mut gate = Gate::new(start);
        for number in 0..200 {
            let now = start + Duration::from_millis(600 * number);
            assert!(gate.admits(ROUTER.parse().unwrap(), now), "{number}");
        }
    }

    #[test]
    fn of_a_thousand_in_six_and_a_half_seconds_a_few_are_taken_whatever_their_addresses() {
        let numbered = |number: u64| format!("10.0.{}.{}", number / 250, number % 250);
        let one_network = |number: u64| format!("2001:db8::{number:x}");
        let mapped = |number: u64| match number % 2 {
            0 => ROUTER.to_owned(),
            _ => format!("::ffff:{ROUTER}"),
        };
        for (most, address) in [
            (72, &(|_| ROUTER.to_owned()) as &dyn Fn(u64) -> String),
            (72, &one_network),
            (72, &mapped),
            (145, &numbered),
        ] {
            let start = Instant::now();
            let mut gate = Gate::new(start);
            let taken = (0..1000).filter(|number| {
                let now = start + Duration::from_micros(6500 * number);
                gate.admits(address(*number).parse().unwrap(), now)
            });
            assert_eq!(taken.count(), most, "{}", address(7));
        }
    }

    #[test]
    fn one_address_that_tries_without_end_shuts_out_no_other() {
        let start = Instant::now();
        let mut gate = Gate::new(start);
        for second in 0..60 {
            let now = start + Duration::from_secs(second);
            admitted(&mut gate, from(ROUTER, 1000), now);
            assert!(gate.admits("192.168.1.44".parse().unwrap(), now));
        }
    }

    #[test]
    fn an_address_that_is_quiet_is_forgotten() {
        let start = Instant::now();
        let mut gate = Gate::new(start);
        admitted(&mut gate, from(ROUTER, 60), start);
        gate.admits(
            "192.168.1.44".parse().unwrap(),
            start + Duration::from_secs(31),
        );
        assert_eq!(gate.addresses.len(), 1);
    }
}
