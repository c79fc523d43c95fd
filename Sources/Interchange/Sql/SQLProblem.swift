package import Diagnostics

/// Why a statement can't be said in SQL so that it means the same.
package enum SQLProblem: Problem, Equatable {
  /// It needs what the relational copy does not hold.
  case history(String)
  case files(String)
  /// Permql works it out by itself.
  case insight(String)
  /// It is about the store, and not the agency.
  case notHeld(String)
  /// It decides as it runs what is to be run.
  case control(String)
  case countedVariable
  case rollbackOfLet
  case nothingListed
  case tooManyAlternatives(limit: Int)
  /// An engine takes some scalars for one.
  case sharedScalars
  case pattern
  /// A list is one text there.
  case sortedLists

  package var code: String { "E0650" }
  package var status: ExitStatus { .failed }

  package var message: String {
    switch self {
    case .history(let statement):
      "'\(statement)' has no translation: the relational copy does not hold what changes did"
    case .files(let statement): "'\(statement)' has no translation: it is about files"
    case .insight(let statement): "'\(statement)' has no translation: it is permql's own reckoning"
    case .notHeld(let statement):
      "'\(statement)' has no translation: the relational copy does not hold it"
    case .control(let statement):
      "'\(statement)' has no translation: SQL scripts can't choose what they run"
    case .countedVariable:
      "'let … = count' has no translation: its number is known only when it runs"
    case .rollbackOfLet:
      "'rollback' has no translation here: it would take back what 'let' or a listing holds"
    case .nothingListed: "nothing has been listed before 'those'"
    case .tooManyAlternatives(let limit):
      "the pattern has no translation: its alternatives come to more than \(limit) in SQLite"
    case .sharedScalars:
      "the pattern has no translation: SQLite takes U+FFFD, U+FFFE and U+FFFF for one"
    case .pattern: "the pattern is none"
    case .sortedLists: "'sort by permissions' has no translation: lists are joined there"
    }
  }

  package var help: String? {
    switch self {
    case .history, .insight, .notHeld: "ask the store itself"
    case .files: "give '--load' for the store's data"
    case .control, .countedVariable: "run it with permql, or leave it out"
    case .tooManyAlternatives, .sharedScalars: "PostgreSQL and DuckDB take it"
    case .rollbackOfLet, .nothingListed, .pattern, .sortedLists: nil
    }
  }
}
