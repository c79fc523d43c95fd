/// Every word of the language, once.
///
/// The lexer, the messages, completion, help, highlighting and the editors' grammars read this table;
/// a test holds it equal to the words in `grammar/permql.ebnf`.
package enum Keyword: UInt8, Hashable, Sendable, CaseIterable {
  case actor, ago, all, always, and, any, api, `as`, asc, assert, at, attributes
  case because, begin, between, by
  case change, changes, chart, check, columns, commit, compare, copy, count, create, csv
  case day, days, define, definitions, delete, desc, differences, drop
  case `else`, except, expect, export
  case `false`, `for`, from
  case grant
  case has, have, having, help, hour, hours
  case id, `if`, `import`, `in`, including, `is`
  case json, jsonl
  case label, lack, lacking, lacks, last, least, `let`, like, limit
  case matching, matrix, minute, minutes, most
  case name, no, not, nothing, now
  case of, only, or, outliers
  case permission, permissions, policies, policy, preview, print, profiles, protect, protected
  case rename, report, requests, restore, revoke, rollback, run
  case safe, set, show, since, some, sort, spreadsheet, store, subaccount, subaccounts
  case those, to, today, `true`
  case ui, undo, unlimited, unprotect, unset, until
  case week, weeks, `where`, why, with, within, without
  case yesterday
}

extension Keyword {
  /// What a word may do.
  ///
  /// A word can do several: `set` begins a statement and continues `create`.
  package struct Roles: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// First word of a statement, so that on a new line it ends the statement before.
    package static let beginsStatement = Roles(rawValue: 1)
    /// Joins or opens a part within a statement.
    package static let continuesStatement = Roles(rawValue: 2)
    /// Says what a statement is about: `show matrix`.
    package static let subject = Roles(rawValue: 4)
    /// A span of time.
    package static let unit = Roles(rawValue: 8)
    /// Stands for a value, a moment or a set of subaccounts.
    package static let value = Roles(rawValue: 16)
    /// Can't be a bare name; as a name it is written in backquotes.
    package static let reserved = Roles(rawValue: 32)
  }

  /// What this word may do.
  package var roles: Roles {
    switch self {
    case .show, .count, .compare, .why, .chart, .check, .help, .grant, .revoke, .copy, .restore,
      .create, .rename, .delete, .unset, .protect, .unprotect, .undo, .import, .define, .drop,
      .preview, .begin, .commit, .rollback, .let, .assert, .if, .run, .print, .export:
      [.beginsStatement, .reserved]
    case .set:
      [.beginsStatement, .continuesStatement, .reserved]
    case .and, .any, .as, .because, .between, .by, .columns, .else, .except, .expect, .for, .from,
      .has, .have, .having, .in, .including, .is, .lack, .lacking, .lacks, .like, .limit, .no, .not,
      .nothing, .of, .only, .or, .since, .some, .sort, .to, .until, .where, .with, .within,
      .without:
      [.continuesStatement, .reserved]
    case .at, .last, .least, .most, .matching, .spreadsheet, .safe, .label, .api, .ui, .always,
      .asc, .desc, .ago, .csv, .json, .jsonl, .id, .name, .protected, .actor:
      .continuesStatement
    case .permission, .permissions, .subaccount, .subaccounts:
      [.subject, .reserved]
    case .attributes, .changes, .definitions, .differences, .matrix, .outliers, .policies, .policy,
      .profiles, .report, .requests, .store:
      .subject
    case .change:
      [.subject, .value]
    case .minute, .minutes, .hour, .hours, .day, .days, .week, .weeks:
      .unit
    case .all, .those:
      [.value, .reserved]
    case .false, .true, .now, .today, .yesterday, .unlimited:
      .value
    }
  }

  /// Whether on a new line it ends the statement before.
  package var beginsStatement: Bool { roles.contains(.beginsStatement) }

  /// Whether as a name it must be written in backquotes.
  package var isReserved: Bool { roles.contains(.reserved) }

  /// The word, in lower case.
  package var spelling: String { KeywordTable.spellings[Int(rawValue)] }
}
