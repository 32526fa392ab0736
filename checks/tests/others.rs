//! What is seen of the threads of a process: each test has it for itself.

#![cfg(target_os = "linux")]

use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use checks::OtherThreads;

fn alone(test: &str) {
    let ended = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--include-ignored", "--test-threads=1"])
        .output()
        .unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stdout)
    );
}

#[test]
fn threads_that_wait_for_what_does_not_come_are_known() {
    alone("two_wait");
}

#[test]
#[ignore = "alone in its process, by the test above"]
fn two_wait() {
    let (send, receive) = channel::<()>();
    let waits = thread::spawn(move || receive.recv());
    let waits_for_it = thread::spawn(move || waits.join().unwrap());
    let mut others = OtherThreads::new();
    while !others.have_slept() {
        assert!(!waits_for_it.is_finished());
    }
    drop(send);
    waits_for_it.join().unwrap().unwrap_err();
}

#[test]
fn a_thread_that_works_does_not_sleep() {
    alone("one_works");
}

#[test]
#[ignore = "alone in its process, by the test above"]
fn one_works() {
    let (send, receive) = channel::<()>();
    let works = thread::spawn(move || {
        while receive.try_recv() != Err(std::sync::mpsc::TryRecvError::Disconnected) {}
    });
    let mut others = OtherThreads::new();
    for _ in 0..200 {
        assert!(!others.have_slept());
    }
    drop(send);
    works.join().unwrap();
}

#[test]
fn a_thread_that_wakes_between_two_looks_is_seen() {
    alone("one_wakes");
}

#[test]
#[ignore = "alone in its process, by the test above"]
fn one_wakes() {
    let (send, receive) = channel::<()>();
    let (answer, answered) = channel::<()>();
    let wakes = thread::spawn(move || {
        for () in receive {
            answer.send(()).unwrap();
        }
    });
    let mut others = OtherThreads::new();
    while !others.have_slept() {}
    for _ in 0..200 {
        send.send(()).unwrap();
        answered.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(!others.have_slept());
    }
    drop(send);
    wakes.join().unwrap();
}
