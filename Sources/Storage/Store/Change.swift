package import Diagnostics

/// Who commits, from where and when.
package struct CommitContext: Hashable, Sendable {
  /// Who acts, as they say.
  package var actor: Text
  /// The operating system's user.
  package var user: Text
  package var host: Text
  /// The script's file, or nil for statements that were typed or piped.
  package var script: Text?
  /// Milliseconds since 1970-01-01T00:00Z.
  ///
  /// Where the clock has gone back, the last commit's time is
  /// taken instead.
  package var time: Int64

  package init(actor: Text, user: Text, host: Text, script: Text? = nil, time: Int64) {
    self.actor = actor
    self.user = user
    self.host = host
    self.script = script
    self.time = time
  }
}

/// One write statement that changed something.
package struct Change: Sendable {
  /// From 1, in order.
  package let number: Int
  /// Who, from where and when; its time never goes back from one change to the next.
  package let context: CommitContext
  /// In its script, from 1.
  package let line: Int
  package let statement: Text
  /// Its `because`.
  package let reason: Text?
  package let effects: Effects

  package var time: Int64 { context.time }
  package var actor: Text { context.actor }
  package var user: Text { context.user }
  package var host: Text { context.host }
  package var script: Text? { context.script }
}

/// A change without what it did.
package struct ChangeHeading: Hashable, Sendable {
  package let number: Int
  package let context: CommitContext
  /// In its script, from 1.
  package let line: Int
  package let statement: Text
  /// Its `because`.
  package let reason: Text?

  package init(_ change: Change) {
    number = change.number
    context = change.context
    line = change.line
    statement = change.statement
    reason = change.reason
  }

  init(number: Int, context: CommitContext, head: ChangeHead) throws(Damage) {
    guard let statement = Text(validating: head.statement) else { throw Damage("statement") }
    self.number = number
    self.context = context
    line = head.line
    self.statement = statement
    reason = head.reason
  }
}

/// When and by whom a change was made.
package struct ChangeStamp: Hashable, Sendable {
  package let time: Int64
  package let actor: Text
}

/// A place in the open transaction to go back to.
package struct Savepoint: Hashable, Sendable {
  /// How many changes were pending.
  let pending: Int

  /// Before the transaction's first change.
  package static let beginning = Savepoint(pending: 0)
}
