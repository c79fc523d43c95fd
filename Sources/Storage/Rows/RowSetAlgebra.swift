extension RowSet {
  package func union(_ other: RowSet) -> RowSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    switch (form, other.form) {
    case (.range(let a), .range(let b))
    where a.lowerBound <= b.upperBound && b.lowerBound <= a.upperBound:
      return RowSet(Swift.min(a.lowerBound, b.lowerBound)..<Swift.max(a.upperBound, b.upperBound))
    case (.list(let a), .list(let b)):
      return RowSet(sortedNumbers: RowSet.merge(a, b, keepCommon: true))
    default:
      let (large, small) = count >= other.count ? (self, other) : (other, self)
      if let list = large.shortList, let others = small.shortList {
        return RowSet(sortedNumbers: RowSet.merge(list, others, keepCommon: true))
      }
      var bitmap = large.bitmap
      bitmap.formUnion(small)
      return RowSet(bitmap)
    }
  }

  package func intersection(_ other: RowSet) -> RowSet {
    if isEmpty || other.isEmpty { return RowSet() }
    if let only { return other.contains(only) ? self : RowSet() }
    switch (form, other.form) {
    case (.range(let a), .range(let b)):
      return RowSet(a.clamped(to: b))
    case (.list(let list), _):
      return RowSet(sortedNumbers: other.selecting(from: list, members: true))
    case (_, .list(let list)):
      return RowSet(sortedNumbers: selecting(from: list, members: true))
    case (.range(let range), .bitmap(let bitmap)), (.bitmap(let bitmap), .range(let range)):
      return RowSet.intersection(range, bitmap)
    case (.bitmap(var a), .bitmap(let b)):
      a.formIntersection(b)
      return RowSet(a)
    }
  }

  package func subtracting(_ other: RowSet) -> RowSet {
    if isEmpty || other.isEmpty { return self }
    if let only { return other.contains(only) ? RowSet() : self }
    switch (form, other.form) {
    case (.list(let list), _):
      return RowSet(sortedNumbers: other.selecting(from: list, members: false))
    case (.range(let a), .range(let b)) where !a.overlaps(b):
      return self
    case (.range(let range), _) where range.count <= RowSet.fewRows:
      return RowSet(sortedNumbers: range.filter { !other.contains(Row($0)) })
    default:
      var bitmap = self.bitmap
      bitmap.subtract(other)
      return RowSet(bitmap)
    }
  }

  package func symmetricDifference(_ other: RowSet) -> RowSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    if let list = shortList, let others = other.shortList {
      return RowSet(sortedNumbers: RowSet.merge(list, others, keepCommon: false))
    }
    var bitmap = self.bitmap
    bitmap.flip(other)
    return RowSet(bitmap)
  }

  /// Those whose bits are on, or those whose bits are off: of a few rows only their own words are read.
  func selected(by bitmap: Bitmap, whereOn isOn: Bool) -> RowSet {
    switch form {
    case .range(let range) where range.count == 1:
      return bitmap.contains(Int(range.lowerBound)) == isOn ? self : RowSet()
    case .range(let range) where bitmap.isLong(beside: range.count / 64):
      return bitmap.members(of: range, whereOn: isOn)
    case .list(let list) where bitmap.isLong(beside: list.count):
      return RowSet(sortedNumbers: list.filter { bitmap.contains(Int($0)) == isOn })
    default:
      let others = RowSet(form: .bitmap(bitmap))
      return isOn ? intersection(others) : subtracting(others)
    }
  }

  package mutating func formUnion(_ other: RowSet) { self = union(other) }

  package mutating func formIntersection(_ other: RowSet) { self = intersection(other) }

  package mutating func subtract(_ other: RowSet) { self = subtracting(other) }

  package mutating func formSymmetricDifference(_ other: RowSet) {
    self = symmetricDifference(other)
  }

  package func isDisjoint(with other: RowSet) -> Bool { intersection(other).isEmpty }

  package func isSubset(of other: RowSet) -> Bool { subtracting(other).isEmpty }
}

extension RowSet {
  /// As many rows as are cheaper to look at one by one than by a bitmap.
  private static let fewRows = 64

  /// The only member: most statements are about one subaccount, and need no list.
  private var only: Row? {
    guard case .range(let range) = form, range.count == 1 else { return nil }
    return Row(range.lowerBound)
  }

  /// The same set as a bitmap.
  var bitmap: Bitmap {
    switch form {
    case .range(let range): return Bitmap(Int(range.lowerBound)..<Int(range.upperBound))
    case .bitmap(let bitmap): return bitmap
    case .list(let list):
      var bitmap = Bitmap()
      bitmap.formUnion(list)
      return bitmap
    }
  }

  /// The members as a list, where they are one or are few.
  private var shortList: [UInt32]? {
    switch form {
    case .range(let range): range.count <= RowSet.fewRows ? Array(range) : nil
    case .list(let list): list
    case .bitmap: nil
    }
  }

  /// Those of an ascending list that are in the set, or those that are not.
  ///
  /// The form is looked at once, not for each number: that takes a tenth of the instructions.
  private func selecting(from list: [UInt32], members: Bool) -> [UInt32] {
    guard let first = list.first, let last = list.last else { return [] }
    switch form {
    case .range(let range): return list.filter { range.contains($0) == members }
    case .list(let others):
      return list.filter { number in
        let position = RowSet.lowerBound(of: number, in: others)
        return (position < others.count && others[position] == number) == members
      }
    case .bitmap(let bitmap):
      // Of a file, only the words between the first and the last are read.
      let end = Swift.min(Int(last) >> 6 + 1, bitmap.words.count)
      let start = Swift.min(Int(first) >> 6, end)
      return bitmap.words.withSpan(of: start..<end) { words in
        var selected: [UInt32] = []
        selected.reserveCapacity(list.count)
        for number in list {
          let word = Int(number) >> 6 - start
          let isMember = word < words.count && words[word] >> UInt64(number & 63) & 1 == 1
          if isMember == members { selected.append(number) }
        }
        return selected
      }
    }
  }

  private static func merge(_ a: [UInt32], _ b: [UInt32], keepCommon: Bool) -> [UInt32] {
    var merged: [UInt32] = []
    merged.reserveCapacity(a.count + b.count)
    var i = 0
    var j = 0
    while i < a.count && j < b.count {
      if a[i] < b[j] {
        merged.append(a[i])
        i += 1
      } else if b[j] < a[i] {
        merged.append(b[j])
        j += 1
      } else {
        if keepCommon { merged.append(a[i]) }
        i += 1
        j += 1
      }
    }
    merged.append(contentsOf: a[i...])
    merged.append(contentsOf: b[j...])
    return merged
  }

  private static func intersection(_ range: Range<UInt32>, _ bitmap: Bitmap) -> RowSet {
    if range.lowerBound == 0 && Int(range.upperBound) >= bitmap.words.count << 6 {
      return RowSet(form: .bitmap(bitmap))
    }
    if range.count <= fewRows {
      return RowSet(sortedNumbers: range.filter { bitmap.contains(Int($0)) })
    }
    var kept = bitmap
    kept.formIntersection(Int(range.lowerBound)..<Int(range.upperBound))
    return RowSet(kept)
  }
}

extension Bitmap {
  mutating func formUnion(_ rows: RowSet) {
    switch rows.form {
    case .range(let range): formUnion(Int(range.lowerBound)..<Int(range.upperBound))
    case .list(let list): formUnion(list)
    case .bitmap(let bitmap): formUnion(bitmap)
    }
  }

  mutating func subtract(_ rows: RowSet) {
    switch rows.form {
    case .range(let range): subtract(Int(range.lowerBound)..<Int(range.upperBound))
    case .list(let list): subtract(list)
    case .bitmap(let bitmap): subtract(bitmap)
    }
  }

  mutating func flip(_ rows: RowSet) {
    switch rows.form {
    case .range(let range): flip(Int(range.lowerBound)..<Int(range.upperBound))
    case .list(let list): flip(list)
    case .bitmap(let bitmap): flip(bitmap)
    }
  }
}
