package import Diagnostics
import Storage

/// What a person at a prompt is asked before a write that reaches far.
package struct WriteQuestion: Sendable {
  /// Why it is asked at all.
  package enum Reason: Equatable, Sendable {
    /// More subaccounts are changed than a person looks through.
    case many(Int)
    case deletes(Int)
    /// The permissions are touched that new subaccounts will start with.
    case changesDefault(of: Text)
    /// The newest subaccount goes, so that new ones start with another's permissions, or none's.
    case movesDefault
  }

  package let reasons: [Reason]
  /// Live subaccounts before the write.
  package let population: Int
  /// The preview's first rows; nil where nobody who stays would gain or lose a permission.
  package let preview: ResultTable?
  /// What else the write would do, in a line.
  package let others: String?
  /// The first of those who would be deleted.
  package let deleted: [Text]

  /// A write of more than so many subaccounts is asked about.
  package static let most = 100
  /// Rows of the preview that are shown.
  static let shown = 5
}

extension WriteQuestion {
  /// Nil where the write is too small to be asked about.
  init?(_ computed: ComputedWrite, in table: Table) {
    let effects = computed.effects
    var reasons: [Reason] = []
    if !effects.deleted.isEmpty { reasons.append(.deletes(effects.deleted.count)) }
    // Who is new is not changed, and who is deleted has been counted.
    let changed = computed.changed - effects.created.count - effects.deleted.count
    if changed > WriteQuestion.most { reasons.append(.many(changed)) }
    if let newest = table.newest {
      if effects.deleted.contains(newest) {
        reasons.append(.movesDefault)
      } else if effects.created.count == 0,
        effects.flips.contains(where: { $0.rows.contains(newest) })
      {
        reasons.append(.changesDefault(of: table.name(of: newest)))
      }
    }
    if reasons.isEmpty { return nil }
    var after = table
    after.apply(effects)
    self.init(
      reasons: reasons, population: table.live.count,
      // What the deleted had says little about who they are.
      preview: computed.changed == effects.deleted.count
        ? nil : Differences(of: [effects], in: after).firstRows(WriteQuestion.shown, in: after),
      others: Differences.others([effects], in: after, ofQuestion: true),
      deleted: effects.deleted.prefix(rows: WriteQuestion.shown).map { table.name(of: $0) })
  }
}

extension WriteQuestion {
  /// The question's facts, a line each.
  package var lines: [String] {
    let others = others.map { [$0] } ?? []
    return others + reasons.map { $0.words(population, deleted) }
  }
}

extension WriteQuestion.Reason {
  fileprivate func words(_ population: Int, _ deleted: [Text]) -> String {
    let all = Quantity.of(population, "subaccount")
    switch self {
    case .many(let count): return "this changes \(Quantity.grouped(count)) of \(all)"
    case .deletes(let count):
      let names = deleted.map { "'\($0)'" }.joined(separator: ", ")
      let more = count - deleted.count
      return "this deletes \(Quantity.grouped(count)) of \(all): \(names)"
        + (more > 0 ? " and \(Quantity.grouped(more)) more" : "")
    case .changesDefault(let name):
      return "this changes what new subaccounts start with: '\(name)' is the newest"
    case .movesDefault:
      return "this deletes the newest subaccount: new ones will start with another's permissions"
    }
  }
}
