/// One kind of mistake, as a value that tests compare and one switch turns into words.
///
/// Each room has an enum of its own that conforms. Wording: lower case, no full stop, the user's own
/// words in single quotes, one line; what to write instead goes into `help`.
package protocol Problem: Error, Sendable {
  /// Stable, such as `E0201`: a letter (`E` error, `W` warning, `N` note), the stage's two digits, two more.
  var code: String { get }
  /// What is wrong, in one line.
  var message: String { get }
  /// What to write instead, or nil.
  var help: String? { get }
  /// What goes beside the underline, such as `did you mean 'outbound'?`, or nil.
  var label: String? { get }
  /// What stands there instead of the underlined text, where it is known, such as `outbound`; or nil.
  var replacement: Text? { get }
  /// What the process ends with because of it.
  var status: ExitStatus { get }
}

extension Problem {
  package var help: String? { nil }
  package var label: String? { nil }
  package var replacement: Text? { nil }
}
