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

  /// Which store, how much is in it, and what was done to it last.
  package var storeLine: String {
    let name = store.map { TerminalEscape.escape($0) } ?? "in memory"
    let parts = [
      "permql \(Version.number)", name,
      "\(Quantity.of(subaccounts, "subaccount")), \(Quantity.of(permissions, "permission"))",
    ]
    guard let change else { return parts.joined(separator: " · ") }
    let last = "change \(Quantity.grouped(change.number)) by \(TerminalEscape.escape(change.actor))"
    return (parts + ["\(last), \(Welcome.ago(now - change.time))"]).joined(separator: " · ")
  }

  /// What to do next.
  package var helpLine: String {
    if subaccounts > 0 { return "help explains, .help lists what begins with a dot, quit leaves" }
    let file = sample.map { Spelling.quoted($0) } ?? "\"agency.csv\""
    let what = sample == nil ? "reads a file" : "reads the sample"
    let first = store == nil ? "nothing is kept (.open PATH keeps it)" : "the store is empty"
    return "\(first): import \(TerminalEscape.escape(file)) \(what); help explains, quit leaves"
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
  /// Where the project keeps its sample agency.
  private static let samplePath: Text = "samples/agency.csv"

  init(_ store: Store, named name: Text?, mayLookAround: Bool) {
    self.init(store: name)
    subaccounts = store.table.live.count
    permissions = store.table.catalog.count
    now = SystemCall.now
    if let stamp = store.stamp(ofChange: store.lastChange) {
      change = (store.lastChange, stamp.actor, stamp.time)
    }
    if mayLookAround, SystemCall.exists(Welcome.samplePath) { sample = Welcome.samplePath }
  }
}
