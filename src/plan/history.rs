//! Undo and redo: the inverses of what was done, and of what was undone.

use super::{Edit, EditError, Plan};

/// How many steps can be taken back.
const DEPTH: usize = 1_000;

/// The steps that led to the plan as it is.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: Vec<Edit>,
    redo: Vec<Edit>,
}

impl History {
    /// Applies an edit as one step. A new step forgets what was undone before it.
    pub fn edit(&mut self, plan: &mut Plan, edit: Edit) -> Result<(), EditError> {
        self.did(plan.apply(edit)?);
        Ok(())
    }

    /// Remembers a step that was applied, by the edit that takes it back.
    pub fn did(&mut self, inverse: Edit) {
        self.undo.push(inverse);
        if DEPTH < self.undo.len() {
            self.undo.remove(0);
        }
        self.redo.clear();
    }

    /// Takes the last step back. False if there is none.
    pub fn undo(&mut self, plan: &mut Plan) -> bool {
        shift(plan, &mut self.undo, &mut self.redo)
    }

    /// Does again what was undone last. False if there is none.
    pub fn redo(&mut self, plan: &mut Plan) -> bool {
        shift(plan, &mut self.redo, &mut self.undo)
    }

    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }
}

fn shift(plan: &mut Plan, from: &mut Vec<Edit>, to: &mut Vec<Edit>) -> bool {
    let Some(edit) = from.pop() else { return false };
    match plan.apply(edit) {
        Ok(inverse) => {
            to.push(inverse);
            true
        }
        // An inverse was made from the very plan that it is applied to; if one were ever refused, the plan is unchanged.
        Err(_) => false,
    }
}
