import CrashHarness
import Diagnostics
import Permissions
import Testing

@testable import Storage

@Suite("Damaged table sections")
struct TableDamageTests {
  @Test("a flipped bit is noticed or changes nothing", arguments: 0..<2 as Range<UInt64>)
  func flippedBits(seed: UInt64) throws {
    var random = Seeded(seed)
    let (table, sections) = TableDamageTests.written(&random)
    let fingerprint = table.fingerprint
    for name in sections.names {
      let section = sections.sections[name] ?? []
      guard !section.isEmpty, name.kind != .permission || name.number < 3 else { continue }
      let byte = Int.random(in: section.indices, using: &random)
      let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
      let mapped = MappedSections(sections) { bytes, places in
        bytes[(places[name]?.lowerBound ?? 0) + byte] ^= bit
      }
      guard let read = try? Table(from: mapped) else { continue }
      let answers = TableDamageTests.answers(of: read)
      #expect(mapped.file.isDamaged || answers == TableDamageTests.answers(of: table))
      #expect(mapped.file.isDamaged || read.fingerprint == fingerprint)
    }
  }

  @Test("contents that make no sense stop nothing", arguments: 0..<6 as Range<UInt64>)
  func absurd(seed: UInt64) {
    var random = Seeded(seed)
    let (_, sections) = TableDamageTests.written(&random)
    for name in sections.names {
      if name.kind == .permission, name.number > 3 { continue }
      for kind in [Int.random(in: 0..<2, using: &random), Int.random(in: 2..<4, using: &random)] {
        var bytes = sections.sections[name] ?? []
        switch kind {
        case 0:
          bytes = bytes.map { _ in UInt8.random(in: .min ... .max, using: &random) }
        case 1:
          bytes = bytes.map { _ in [0, 0xFF].randomElement(using: &random) ?? 0 }
        case 2:
          bytes.removeLast(min(bytes.count, 8))
        default:
          guard let place = bytes.indices.randomElement(using: &random) else { continue }
          bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        var changed = sections
        changed.replace(name, by: bytes)
        guard var read = try? Table(from: MappedSections(changed)) else { continue }
        _ = TableDamageTests.answers(of: read)
        if kind != 2 {
          let effects = Effects.random(for: read, &random)
          guard read.fits(effects) else { continue }
          read.apply(effects)
          read.revert(effects)
        }
        var again = MemorySections()
        read.write(to: &again)
      }
    }
  }

  /// A table of which some is mapped and some was changed since, and its sections.
  private static func written(_ random: inout Seeded) -> (Table, MemorySections) {
    var table = Table()
    for _ in 0..<5 { table.apply(Effects.random(for: table, &random)) }
    table.apply(.creating(40, from: table.rowCount))
    var sections = MemorySections()
    table.write(to: &sections)
    return (table, sections)
  }

  /// What is asked of tables by all ways that read their columns.
  private static func answers(of table: Table) -> [String] {
    var answers = [
      "\(table.live.count) \(table.protected.count) \(String(describing: table.newest))"
    ]
    for row in table.live {
      let id = table.row(id: table.id(of: row)).map { "\($0.number)" } ?? "none"
      answers.append("\(id) \(Array(table.rows(named: table.name(of: row)).map(\.number)))")
      answers.append("\(String(describing: table.inheritedFrom(row))) \(table.created(of: row))")
    }
    for pattern in ["acme*", "*e*", "?*", "sub*1*"] {
      guard let glob = try? Glob(Text(pattern)) else { continue }
      answers.append("\(table.rows(whereName: .glob(glob)).map(\.number))")
    }
    for value in 0..<table.catalog.count {
      answers.append("\(table.holders(of: PermissionNumber(value)).map(\.number))")
    }
    for field in [SortKey.Field.name, .id, .created, .permissionCount] {
      for isDescending in [false, true] {
        let keys = [SortKey(field, isDescending: isDescending)]
        answers.append("\(table.sorted(table.live, by: keys).map(\.number))")
      }
    }
    for value in table.attributes.indices {
      let attribute = AttributeNumber(value)
      answers.append("\(table.groups(by: attribute, in: table.live))")
      answers.append("\(table.sorted(table.live, by: [SortKey(.attribute(attribute))]))")
      answers.append("\(table.rows(whereAttribute: attribute, .isSet).map(\.number))")
    }
    return answers
  }
}
