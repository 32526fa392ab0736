//! Sees which thread wakes a future.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};

/// A future that says so if it is woken by another thread than `home`.
pub struct WokenBy<F, S> {
    future: Pin<Box<F>>,
    say_so: S,
    home: ThreadId,
    by_another: Arc<AtomicBool>,
}

impl<F, S> WokenBy<F, S> {
    pub fn new(future: F, home: ThreadId, say_so: S) -> WokenBy<F, S> {
        WokenBy {
            future: Box::pin(future),
            say_so,
            home,
            by_another: Arc::default(),
        }
    }
}

impl<F: Future, S: Fn() + Unpin> Future for WokenBy<F, S> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        if self.by_another.load(Ordering::Relaxed) {
            (self.say_so)();
        }
        let waker = Waker::from(Arc::new(Bell {
            waker: cx.waker().clone(),
            home: self.home,
            by_another: Arc::clone(&self.by_another),
        }));
        self.future.as_mut().poll(&mut Context::from_waker(&waker))
    }
}

struct Bell {
    waker: Waker,
    home: ThreadId,
    by_another: Arc<AtomicBool>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        if thread::current().id() != self.home {
            self.by_another.store(true, Ordering::Relaxed);
        }
        self.waker.wake_by_ref();
    }
}
