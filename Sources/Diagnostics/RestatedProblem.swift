/// What another room found out, in its own words, where it means something else for the run: another
/// exit status, another place, or more to say about what can be done.
package struct RestatedProblem: Problem {
  package let code: String
  package let message: String
  package let help: String?
  package let label: String?
  package let replacement: Text?
  package let status: ExitStatus

  package init(_ found: Diagnostic, status: ExitStatus? = nil, addingHelp more: String? = nil) {
    code = found.code
    message = found.message
    let parts = [found.help, more].compactMap { $0 }
    help = parts.isEmpty ? nil : parts.joined(separator: "; ")
    label = found.label
    replacement = found.replacement
    self.status = status ?? found.status
  }
}
