import Diagnostics

/// Takes what nobody asked for.
final class SilentSink: OutcomeSink {
  func receive(_ outcome: Outcome, isProvisional: Bool) throws(OutputFailure) {}
  func report(_ diagnostic: Diagnostic) {}
  func committed() throws(OutputFailure) {}
  func rolledBack() throws(OutputFailure) {}
}
