import Diagnostics
import Storage

// What is left of a disk after a power cut.
extension SimulatedDisk {
  /// One of the disks that there may be when the power comes back.
  package func afterPowerCut(_ random: inout Seeded) -> SimulatedDisk {
    let disk = SimulatedDisk()
    disk.mutation = mutation
    var decided: [Int: Bool] = [:]
    var copies: [UInt64: Node] = [:]
    disk.adopt(copied(root, &decided, &copies, &random), numbered: numberLimit)
    return disk
  }

  /// The same disk, as other programs see it while there is power.
  package func asSeen() -> SimulatedDisk {
    let disk = SimulatedDisk()
    disk.adopt(seen(root), numbered: numberLimit)
    return disk
  }

  private func seen(_ node: Node) -> Node {
    let copy = Node(node.number, isDirectory: node.isDirectory)
    copy.bytes = node.bytes
    copy.durable = node.bytes
    copy.names = node.names.mapValues { seen($0) }
    copy.durableNames = copy.names
    return copy
  }

  private func copied(
    _ node: Node, _ decided: inout [Int: Bool], _ copies: inout [UInt64: Node],
    _ random: inout Seeded
  ) -> Node {
    if let copy = copies[node.number] { return copy }
    let copy = Node(node.number, isDirectory: node.isDirectory)
    copies[node.number] = copy
    guard node.isDirectory else {
      copy.bytes = survivingBytes(of: node, &random)
      copy.durable = copy.bytes
      return copy
    }
    // Each change of a name has reached the disk or not, but both halves of a rename together.
    var names = node.durableNames
    for change in node.pending {
      let happened = decided[change.operation] ?? Bool.random(using: &random)
      decided[change.operation] = happened
      if happened { names[change.name] = change.node }
    }
    for name in names.keys.sorted() {
      guard let child = names[name] else { continue }
      copy.names[name] = copied(child, &decided, &copies, &random)
    }
    copy.durableNames = copy.names
    return copy
  }

  /// Any of the dirty sectors are new, and any of them old; the size may be ahead of the data.
  private func survivingBytes(of node: Node, _ random: inout Seeded) -> [UInt8] {
    guard !node.dirty.isEmpty else { return node.durable }
    let sector = SimulatedDisk.sector
    let share = Int.random(in: 0...4, using: &random)
    var size = node.durable.count
    switch Int.random(in: 0..<4, using: &random) {
    case 0: break
    case 1:
      let low = min(node.durable.count, node.bytes.count)
      size = Int.random(in: low...max(node.durable.count, node.bytes.count), using: &random)
    default: size = node.bytes.count
    }
    var bytes = Array(node.durable.prefix(size))
    bytes.append(contentsOf: repeatElement(0, count: size - bytes.count))
    for index in node.dirty.sorted() where Int.random(in: 0..<4, using: &random) < share {
      let start = index * sector
      let end = min(start + sector, size)
      guard start < end else { continue }
      for place in start..<end {
        bytes[place] = place < node.bytes.count ? node.bytes[place] : 0
      }
    }
    return bytes
  }
}
