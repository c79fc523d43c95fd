/// Something that may take so long that a person wants to know how far it is.
package enum LongTask: String, Sendable {
  case importing
  case exporting
  case verifying
  case running
  case saving
  case reading = "reading the journal"
  case takingSnapshot = "taking a snapshot"
}

/// Takes how much is done of how much there is to do, in whatever unit; to be called every now and
/// then, from a few thousand times a second down.
///
/// A total of 0 is not known: what follows takes long, and nothing more is heard before its end.
package typealias ProgressReport = @Sendable (_ task: LongTask, _ done: Int, _ total: Int) -> Void
