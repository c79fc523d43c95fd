/// What the process tells its caller; scripts rely on these numbers.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  /// A statement failed while running.
  case failed = 1
  /// A syntax or usage error, or an unknown name found before running.
  case unusable = 2
  /// An assertion or `expect` did not hold.
  case unexpected = 3
  /// A policy refused the change.
  case refused = 4
  /// The store can't be used: locked too long, damaged, no space, no permission, other format.
  case storeUnavailable = 5
  case interrupted = 130
}
