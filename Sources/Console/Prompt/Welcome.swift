package import Diagnostics
import Evaluation
import Language
import Permissions
import Storage

/// The two lines that greet whoever comes to a prompt.
package struct Welcome: Equatable, Sendable {
  /// Nil: a store in memory.
  package var store: Text?
  package var subaccounts = 0
  package var permissions = 0
  /// The newest change; nil where there is none.
  package var change: (number: Int, actor: Text, time: Int64)?
  package var now: Int64 = 0
  /// A file of subaccounts that is there to be tried; nil where none is found.
  package var sample: Text?

  package init(store: Text?) {
    self.store = store
  }

  /// Which store, and how much is in it.
  package var storeLine: String {
    let name = store.map { TerminalEscape.escape($0) } ?? "in memory: nothing is kept"
    let counts =
      "\(Quantity.of(subaccounts, "subaccount")), \(Quantity.of(permissions, "permission"))"
    return "permql \(Version.number) · \(name) · \(counts)"
  }

  /// What was done last, and what to do next.
  package var helpLine: String {
    if subaccounts > 0 {
      guard let change else { return "'help' explains, 'quit' leaves" }
      let actor = TerminalEscape.escape(change.actor)
      let last = "change \(Quantity.grouped(change.number)) by \(actor)"
      return "\(last), \(Welcome.ago(now - change.time)) · 'help' explains, 'quit' leaves"
    }
    let file = TerminalEscape.escape(Spelling.quoted(sample ?? "agency.csv"))
    let first = sample == nil ? "import \(file) reads a file" : "try import \(file)"
    return "empty: \(first) · 'help' explains, 'quit' leaves"
  }

  package var lines: String { "\(storeLine)\n\(helpLine)\n" }

  /// How long ago, in the largest unit that fits.
  package static func ago(_ milliseconds: Int64) -> String {
    let seconds = Int(clamping: milliseconds / 1000)
    switch seconds {
    case ..<5: return "just now"
    case ..<60: return "\(Quantity.of(seconds, "second")) ago"
    case ..<3600: return "\(Quantity.of(seconds / 60, "minute")) ago"
    case ..<86_400: return "\(Quantity.of(seconds / 3600, "hour")) ago"
    default: return "\(Quantity.of(seconds / 86_400, "day")) ago"
    }
  }

  package static func == (left: Welcome, right: Welcome) -> Bool { left.lines == right.lines }
}

extension Welcome {
  /// Where the project keeps its sample agency, and where somebody has put it.
  private static let samplePaths: [Text] = ["samples/agency.csv", "agency.csv"]

  init(_ store: Store, named name: Text?, mayLookAround: Bool) {
    self.init(store: name)
    subaccounts = store.table.live.count
    permissions = store.table.catalog.count
    now = SystemCall.now
    if let stamp = store.stamp(ofChange: store.lastChange) {
      change = (store.lastChange, stamp.actor, stamp.time)
    }
    if mayLookAround { sample = Welcome.samplePaths.first { SystemCall.exists($0) } }
  }
}
