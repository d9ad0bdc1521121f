//! Where files go: a plan is opened, a message's link is looked at, a table goes to the import dialog.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::super::app::Dialogs;
use super::super::library::{FileFault, Library, Trouble};
use crate::edge::file::{self, Content};

#[derive(Clone, Copy)]
pub struct Intake {
    library: Library,
    dialogs: Dialogs,
}

impl Intake {
    /// Called while a component is made.
    pub fn in_context() -> Intake {
        Intake { library: expect_context(), dialogs: expect_context() }
    }

    pub fn take(self, file: File) {
        spawn_local(async move {
            let name = file.name();
            match file::read(&file).await {
                Ok(bytes) => self.sort(name, bytes),
                Err(error) => self.library.say_trouble(Trouble::File { name, fault: FileFault::Read(error) }),
            }
        });
    }

    fn sort(self, name: String, bytes: Vec<u8>) {
        match file::sort(&name, &bytes) {
            Ok(Content::Plan(plan, repairs)) => self.library.adopt(*plan, repairs),
            Ok(Content::Link(text)) => {
                self.library.open_link(text, move |fault| self.library.say_trouble(Trouble::Link(fault)));
            }
            Ok(Content::Backup(text)) => self.library.look_into_backup(name, text),
            Ok(Content::Table) => {
                self.dialogs.dropped.set(Some((name, bytes)));
                self.dialogs.import.set(true);
            }
            Err(error) => self.library.say_trouble(Trouble::File { name, fault: FileFault::Plan(error) }),
        }
    }
}
