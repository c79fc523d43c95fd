import Diagnostics

/// Changes that were made and can't be read any more, as far as is known.
package struct LostChanges: Equatable, Sendable {
  /// The first that is lost.
  package var first: Int
  /// Nil where it is not known that there was one.
  package var last: Int?
  /// When the last one that is known of was made.
  package var until: Int64?
  /// When the last one was made that can still be read.
  package var after: Int64?
}

extension LostChanges: CustomStringConvertible {
  package var description: String {
    guard let last else { return "change \(first), if there was one, is lost" }
    var words = last == first ? "change \(first) is lost" : "changes \(first) to \(last) are lost"
    if let after { words += ", made after \(Moment(clamping: after))" }
    if let until {
      words += after == nil ? ", made until" : " and until"
      words += " \(Moment(clamping: until))"
    }
    return words
  }
}
