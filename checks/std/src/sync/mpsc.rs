//! `std::sync::mpsc`.

use std::sync::Arc;
use std::time::Duration;

use checks::schedule;

use crate::time::Instant;

pub use ::std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

/// Whoever waits for the channel waits for the address of this.
type Key = Arc<u8>;

fn key(key: &Key) -> usize {
    Arc::as_ptr(key) as usize
}

/// One end of the channel has gone: whoever waits at the other one has to know.
#[derive(Debug, Clone)]
struct WakesAtItsEnd(Key);

impl Drop for WakesAtItsEnd {
    fn drop(&mut self) {
        schedule::progress();
        schedule::wake(key(&self.0));
    }
}

macro_rules! sender {
    ($Sender:ident) => {
        #[doc = concat!("See [`std::sync::mpsc::", stringify!($Sender), "`].")]
        #[derive(Debug)]
        pub struct $Sender<T> {
            // Before `end`: it is gone when that wakes.
            real: std::sync::mpsc::$Sender<T>,
            end: WakesAtItsEnd,
        }

        impl<T> Clone for $Sender<T> {
            fn clone(&self) -> Self {
                $Sender {
                    real: self.real.clone(),
                    end: self.end.clone(),
                }
            }
        }
    };
}

sender!(Sender);
sender!(SyncSender);

/// See [`std::sync::mpsc::Receiver`].
#[derive(Debug)]
pub struct Receiver<T> {
    real: std::sync::mpsc::Receiver<T>,
    end: WakesAtItsEnd,
}

/// See [`std::sync::mpsc::channel`].
#[must_use]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let end = WakesAtItsEnd(Key::default());
    let sender = Sender {
        real: sender,
        end: end.clone(),
    };
    (
        sender,
        Receiver {
            real: receiver,
            end,
        },
    )
}

/// See [`std::sync::mpsc::sync_channel`].
#[must_use]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    // A channel without room hands over between two threads that wait at once: on a schedule there is no such moment.
    let (sender, receiver) = std::sync::mpsc::sync_channel(bound.max(1));
    let end = WakesAtItsEnd(Key::default());
    let sender = SyncSender {
        real: sender,
        end: end.clone(),
    };
    (
        sender,
        Receiver {
            real: receiver,
            end,
        },
    )
}

impl<T> Sender<T> {
    /// See [`std::sync::mpsc::Sender::send`].
    ///
    /// # Errors
    /// If the receiver is gone.
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        schedule::step();
        let sent = self.real.send(value);
        schedule::progress();
        schedule::wake(key(&self.end.0));
        sent
    }
}

impl<T> SyncSender<T> {
    /// See [`std::sync::mpsc::SyncSender::send`].
    ///
    /// # Errors
    /// If the receiver is gone.
    pub fn send(&self, mut value: T) -> Result<(), SendError<T>> {
        while schedule::is_scheduled() {
            match self.try_send(value) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Disconnected(value)) => return Err(SendError(value)),
                Err(TrySendError::Full(back)) => value = back,
            }
            schedule::wait(key(&self.end.0));
        }
        self.real.send(value)
    }

    /// See [`std::sync::mpsc::SyncSender::try_send`].
    ///
    /// # Errors
    /// If there is no room, or the receiver is gone.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        schedule::step();
        let sent = self.real.try_send(value);
        if sent.is_ok() {
            schedule::progress();
            schedule::wake(key(&self.end.0));
        }
        sent
    }
}

impl<T> Receiver<T> {
    /// See [`std::sync::mpsc::Receiver::recv`].
    ///
    /// # Errors
    /// If all senders are gone.
    pub fn recv(&self) -> Result<T, RecvError> {
        while schedule::is_scheduled() {
            match self.try_recv() {
                Ok(value) => return Ok(value),
                Err(TryRecvError::Disconnected) => return Err(RecvError),
                Err(TryRecvError::Empty) => schedule::wait(key(&self.end.0)),
            }
        }
        self.real.recv()
    }

    /// See [`std::sync::mpsc::Receiver::try_recv`].
    ///
    /// # Errors
    /// If there is nothing, now or for ever.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        schedule::step();
        let received = self.real.try_recv();
        if received.is_ok() {
            schedule::progress();
            schedule::wake(key(&self.end.0));
        }
        received
    }

    /// See [`std::sync::mpsc::Receiver::recv_timeout`].
    ///
    /// # Errors
    /// If there is nothing, now or for ever.
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        if !schedule::is_scheduled() {
            return self.real.recv_timeout(timeout);
        }
        let start = Instant::now();
        loop {
            match self.try_recv() {
                Ok(value) => return Ok(value),
                Err(TryRecvError::Disconnected) => return Err(RecvTimeoutError::Disconnected),
                Err(TryRecvError::Empty) => {}
            }
            let left = timeout.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(RecvTimeoutError::Timeout);
            }
            schedule::wait_for(key(&self.end.0), left);
        }
    }

    /// See [`std::sync::mpsc::Receiver::iter`].
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        std::iter::from_fn(|| self.recv().ok())
    }

    /// See [`std::sync::mpsc::Receiver::try_iter`].
    pub fn try_iter(&self) -> impl Iterator<Item = T> + '_ {
        std::iter::from_fn(|| self.try_recv().ok())
    }
}

/// See [`std::sync::mpsc::IntoIter`].
#[derive(Debug)]
pub struct IntoIter<T>(Receiver<T>);

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}

/// See [`std::sync::mpsc::Iter`].
#[derive(Debug)]
pub struct Iter<'a, T>(&'a Receiver<T>);

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        Iter(self)
    }
}
