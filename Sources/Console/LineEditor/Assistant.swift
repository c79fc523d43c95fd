import Diagnostics
import Evaluation

/// What the editor asks about the line that is being typed.
protocol Assistant {
  /// What each part is, in the order of their places.
  ///
  /// What would take long to find out is not judged.
  func highlight(_ bytes: [UInt8], cursor: Int) -> [Highlight]

  /// What may stand at the cursor.
  func complete(_ bytes: [UInt8], cursor: Int) -> Completions

  /// The rest of what is being typed at the end, and what the whole line becomes where that differs.
  func suggestion(for bytes: [UInt8]) -> (rest: String, whole: String?)?

  /// What is still wanted behind the end.
  func hint(_ bytes: [UInt8]) -> String

  /// How many subaccounts the line would change; nil where it is no write, or `goesOn` says no.
  func reach(of bytes: [UInt8], while goesOn: @escaping @Sendable () -> Bool) -> Reach?

  /// The same, once another store is asked.
  func following(_ session: Session) -> any Assistant
}

extension Assistant {
  func following(_ session: Session) -> any Assistant { self }
}
