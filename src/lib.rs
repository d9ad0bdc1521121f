//! Sextant 目标罗盘: sets a sales target and divides it, exactly, along every dimension at once.
pub mod amount;
pub mod edge;
