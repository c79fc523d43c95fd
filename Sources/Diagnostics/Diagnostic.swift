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
    self.status = problem.status
    self.place = place
  }
}
