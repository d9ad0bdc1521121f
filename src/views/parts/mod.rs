//! Pieces that know no plan: icons, fields, switches. Props only.
