// breaks 4: a request announces what it reads, and does not look whether it is still the current one

// ANCHOR: uses
use crate::sync::{
    Mutex,
    atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering::*},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Weights>,
    records: AtomicPtr<Record>,
    retired: Mutex<Vec<usize>>,
    served: AtomicU64,
}

/// What one request reads. Records are used again, and freed with the slot.
#[derive(Debug)]
struct Record {
    taken: AtomicBool,
    reads: AtomicPtr<Weights>,
    next: *mut Record,
}

impl ModelSlot {
    fn record(&self) -> &Record {
        let mut next = self.records.load(Acquire);
        // SAFETY: records live as long as the slot.
        while let Some(record) = unsafe { next.as_ref() } {
            if record
                .taken
                .compare_exchange(false, true, Acquire, Relaxed)
                .is_ok()
            {
                return record;
            }
            next = record.next;
        }
        let record = Box::into_raw(Box::new(Record {
            taken: AtomicBool::new(true),
            reads: AtomicPtr::default(),
            next: std::ptr::null_mut(),
        }));
        let mut head = self.records.load(Relaxed);
        loop {
            // SAFETY: nobody else has it yet.
            unsafe { (*record).next = head };
            match self.records.compare_exchange(head, record, AcqRel, Relaxed) {
                // SAFETY: as above.
                Ok(_) => return unsafe { &*record },
                Err(now) => head = now,
            }
        }
    }

    fn is_read(&self, version: *mut Weights) -> bool {
        let mut next = self.records.load(SeqCst);
        // SAFETY: records live as long as the slot.
        while let Some(record) = unsafe { next.as_ref() } {
            if record.reads.load(SeqCst) == version {
                return true;
            }
            next = record.next;
        }
        false
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let old = self.current.swap(Box::into_raw(Box::new(weights)), SeqCst);
        let mut retired = self.retired.lock().unwrap();
        if !old.is_null() {
            retired.push(old.expose_provenance());
        }
        retired.retain(|&version| {
            let version = std::ptr::with_exposed_provenance_mut(version);
            let read = self.is_read(version);
            if !read {
                // SAFETY: no request announces it, and none can find it any more.
                drop(unsafe { Box::from_raw(version) });
            }
            read
        });
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let record = self.record();
        let version = self.current.load(SeqCst);
        record.reads.store(version, SeqCst);
        // SAFETY: announced while it was the current one.
        let result = unsafe { version.as_ref() }.map(read);
        record.reads.store(std::ptr::null_mut(), SeqCst);
        record.taken.store(false, Release);
        if result.is_some() {
            self.served.fetch_add(1, Relaxed);
        }
        result
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let retired = self
            .retired
            .get_mut()
            .unwrap()
            .drain(..)
            .map(std::ptr::with_exposed_provenance_mut);
        for version in retired.chain([*self.current.get_mut()]) {
            if !version.is_null() {
                // SAFETY: it came from `Box::into_raw`, and no request is left.
                drop(unsafe { Box::from_raw(version) });
            }
        }
        let mut next = *self.records.get_mut();
        while !next.is_null() {
            // SAFETY: as above.
            next = unsafe { Box::from_raw(next) }.next;
        }
    }
}
// ANCHOR_END: drop
