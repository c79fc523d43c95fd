/// A problem and its place: what a person or a program is told.
package struct Diagnostic: Error, Sendable {
  package enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  package let severity: Severity
  package let code: String
  package let message: String
  package let label: String?
  package let help: String?
  /// What would stand at the place if it were right; nil where nobody knows.
  package let replacement: Text?
  package let status: ExitStatus
  /// The script and the bytes concerned; nil where no text is to blame (a locked store).
  package let place: (source: SourceText, range: SourceRange)?

  package init(
    _ problem: any Problem, severity: Severity = .error,
    at place: (source: SourceText, range: SourceRange)? = nil
  ) {
    self.severity = severity
    self.code = problem.code
    self.message = problem.message
    self.label = problem.label
    self.help = problem.help
    self.replacement = problem.replacement
    self.status = problem.status
    self.place = place
  }
}

extension Diagnostic {
  /// The text with its mistake put right; nil where nobody knows how.
  package var corrected: Text? {
    guard let replacement, let place, place.range.upper <= place.source.bytes.count else {
      return nil
    }
    var bytes = place.source.bytes
    bytes.replaceSubrange(place.range.lower..<place.range.upper, with: replacement.utf8)
    while bytes.last.map({ $0 <= 0x20 }) == true { bytes.removeLast() }
    return Text(validating: bytes)
  }
}
