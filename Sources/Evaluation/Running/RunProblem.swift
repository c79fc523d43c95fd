package import Diagnostics

/// What a statement, or a run, can come to while it runs, beside being done.
package enum RunProblem: Problem, Equatable {
  case nameTaken(Text)
  case badName(Text)
  case protectedSubaccount(Text)
  case expectation(wanted: String, changed: Int)
  case assertion(message: Text?, fact: String)
  case refused(policy: Text, reason: Text?, violators: [Text], count: Int)
  case alreadyInTransaction
  case noTransaction
  case unfinishedTransaction
  case readOnly(statement: String)
  case sandboxed(statement: String)
  case runTooDeep(limit: Int)
  case outputLost(changesStand: Bool)
  case changedSinceRead(first: Int, last: Int, by: Text)
  case interfered(Interference)
  case transactionLost
  /// Whoever runs it knows that it is to stop, and tells it in their own way.
  case interrupted

  case nothingToUndo
  case tooFewChanges(wanted: Int, last: Int)

  /// A note: what an undo does not put back, because it was changed since.
  case leftByUndo([String])
  /// A note: the catalogue only grows.
  case permissionStays(Text)
  /// A note: who was not there at the moment that is to be restored.
  case absentThen([Text], count: Int)
  /// A note: a wildcard swept over what is always on.
  case staysEnabled([Text])
  /// A note: whose permissions new subaccounts are given is changed.
  case changesDefault(of: Text)
  /// A note: the most recently created subaccount is now another, or none.
  case defaultMoves(to: Text?)
  /// A warning: what a preview shows would be refused.
  case wouldBeRefused(policy: Text, count: Int)
  /// A note: what a preview or a dry run does besides what its table shows.
  case previewedBesides(String)
  /// A note: the person who was asked said no.
  case declined
  /// A note: while a person was asked, others committed.
  case changedMeanwhile
  /// A note: others committed since `begin`, and it makes no difference.
  case cameBetween(Interference.Others, changes: Int)
}

extension RunProblem {
  package var status: ExitStatus {
    switch self {
    case .expectation, .assertion: .unexpected
    case .refused: .refused
    case .readOnly, .sandboxed: .unusable
    case .outputLost: .storeUnavailable
    case .interrupted: .interrupted
    default: .failed
    }
  }

  package var code: String {
    switch self {
    case .nameTaken: "E0441"
    case .badName: "E0442"
    case .protectedSubaccount: "E0443"
    case .expectation: "E0444"
    case .assertion: "E0445"
    case .refused: "E0446"
    case .alreadyInTransaction: "E0447"
    case .noTransaction: "E0448"
    case .unfinishedTransaction: "E0449"
    case .readOnly: "E0450"
    case .sandboxed: "E0451"
    case .runTooDeep: "E0452"
    case .outputLost: "E0453"
    case .nothingToUndo: "E0454"
    case .tooFewChanges: "E0455"
    case .changedSinceRead: "E0456"
    case .interfered: "E0457"
    case .transactionLost: "E0458"
    case .interrupted: "E0459"
    case .leftByUndo: "N0446"
    case .permissionStays: "N0447"
    case .absentThen: "N0448"
    case .staysEnabled: "N0441"
    case .changesDefault: "N0442"
    case .defaultMoves: "N0443"
    case .wouldBeRefused: "W0444"
    case .previewedBesides: "N0445"
    case .declined: "N0449"
    case .changedMeanwhile: "N0450"
    case .cameBetween: "N0451"
    }
  }

  package var message: String {
    switch self {
    case .nameTaken(let name): "a subaccount is already named '\(name)'"
    case .badName(let name):
      name.isEmpty
        ? "a subaccount's name can't be empty"
        : "a subaccount's name can't be longer than \(RunProblem.longestName) bytes"
    case .protectedSubaccount(let name): "'\(name)' is protected"
    case .expectation(let wanted, let changed):
      "expected to change \(wanted), but this changes \(Quantity.grouped(changed))"
    case .assertion(let message?, _): message.string
    case .assertion(nil, let fact): "the assertion does not hold: \(fact)"
    case .refused(let policy, let reason, let violators, let count):
      RunProblem.refusal(policy, reason, violators, count)
    case .alreadyInTransaction: "a transaction is already open"
    case .noTransaction: "no transaction is open"
    case .unfinishedTransaction: "the transaction is still open where the script ends"
    case .readOnly(let statement): "'\(statement)' writes, and this run is read-only"
    case .sandboxed(let statement):
      "'\(statement)' touches another file, and this run is in a sandbox"
    case .runTooDeep(let limit): "more than \(limit) scripts run one inside the other"
    case .outputLost(true): "the output could not be written; the changes themselves stand"
    case .outputLost(false): "the output could not be written; nothing was changed"
    case .changedSinceRead(let first, let last, let actor):
      "the agency has changed since this transaction first read it: "
        + (first == last
          ? "change \(first) by '\(actor)'" : "changes \(first) to \(last), the last by '\(actor)'")
    case .interfered(let interference): interference.words
    case .transactionLost: "the transaction's changes could not be kept; nothing was changed"
    case .interrupted: "the statement was interrupted"
    case .nothingToUndo: "there is no change to undo"
    case .tooFewChanges(let wanted, let last):
      "there are not \(Quantity.of(wanted, "change")) to undo, but \(Quantity.grouped(last))"
    case .leftByUndo(let parts):
      "left, because it was changed since: "
        + parts.prefix(RunProblem.namesShown).joined(separator: "; ")
        + (parts.count > RunProblem.namesShown
          ? "; and \(Quantity.grouped(parts.count - RunProblem.namesShown)) more" : "")
    case .permissionStays(let name): "permission '\(name)' stays in the catalogue"
    case .absentThen(let names, let count):
      "\(RunProblem.list(names, joinedBy: count > names.count ? "," : " and"))"
        + (count > names.count ? " and \(Quantity.grouped(count - names.count)) more" : "")
        + " \(count == 1 ? "was" : "were") not there then and \(count == 1 ? "is" : "are") left"
    case .staysEnabled(let names):
      "\(RunProblem.list(names)) \(names.count == 1 ? "is" : "are") always enabled and left on"
    case .changesDefault(let name):
      "'\(name)' is the newest subaccount: new ones will start with its permissions as they are now"
    case .defaultMoves(let name?):
      "new subaccounts will now start with the permissions of '\(name)'"
    case .defaultMoves(nil): "new subaccounts will now start with what is always enabled alone"
    case .wouldBeRefused(let policy, let count):
      "policy '\(policy)' would refuse this: \(Quantity.of(count, "violator"))"
    case .previewedBesides(let sentence): sentence
    case .declined: "nothing was changed"
    case .cameBetween(let others, let changes):
      "\(others.words); everything was computed again and comes to the same, "
        + (changes == 1
          ? "now change \(others.last + 1)"
          : "now changes \(others.last + 1) to \(others.last + changes)")
    case .changedMeanwhile: "others have changed the agency meanwhile, so this is asked again"
    }
  }

  package var help: String? {
    switch self {
    case .nameTaken: "choose another name, or rename the other subaccount first"
    case .protectedSubaccount: "unprotect it first, or end the statement with 'including protected'"
    case .expectation: "it changed nothing; 'preview' shows whom it concerns"
    case .assertion(_?, let fact): fact
    case .refused: "leave them out with 'except', or change the policy"
    case .alreadyInTransaction: "end it with 'commit' or 'rollback' first"
    case .noTransaction: "'begin' opens one"
    case .unfinishedTransaction: "it was rolled back; end it with 'commit'"
    case .changedSinceRead: "roll back and begin again, so that it reads what is there now"
    case .interfered(let interference):
      "the transaction was rolled back; 'show changes since change "
        + "\(interference.others.first - 1)' tells what came in between"
    case .transactionLost: "do it again from its 'begin'"
    case .readOnly: "run it without --read-only"
    case .sandboxed: "run it without --sandbox, if you trust the script"
    default: nil
    }
  }

  /// In bytes.
  static let longestName = 1_024
  /// How many subaccounts a message names before it only counts.
  static let namesShown = 5

  private static func refusal(
    _ policy: Text, _ reason: Text?, _ violators: [Text], _ count: Int
  ) -> String {
    let others = count - violators.count
    let names =
      list(violators, joinedBy: others > 0 ? "," : " and")
      + (others > 0 ? " and \(Quantity.grouped(others)) more" : "")
    let because = reason.map { " (\($0))" } ?? ""
    return "policy '\(policy)' refuses this\(because): \(names) would break it"
  }

  /// Such as `'a', 'b' and 'c'`.
  static func list(_ names: [Text], joinedBy last: String = " and") -> String {
    let quoted = names.map { "'\($0)'" }
    guard quoted.count > 1, let final = quoted.last else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + "\(last) \(final)"
  }
}
