import Diagnostics
import Storage

/// The SQL of one engine.
package enum SQLDialect: String, CaseIterable, Sendable {
  case postgresql
  case sqlite
  case duckdb
}

// MARK: - Names and values

extension SQLDialect {
  /// A name in quotes.
  func identifier(_ name: Text) -> String {
    "\"" + name.string.replacing(scalar: "\"", by: "\"\"") + "\""
  }

  /// A text as a literal, of which nothing can break out.
  ///
  /// Whatever could act on a terminal, or that a shell would read in a way of its own, is given as
  /// bytes.
  func literal(_ text: Text) -> String {
    let isPlain = text.string.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0.value != 0x7F && !UTF8Text.isHarmful($0.value)
    }
    if isPlain { return "'" + text.string.replacing(scalar: "'", by: "''") + "'" }
    let digits = text.utf8.map { Excerpt.hexadecimal(UInt32($0), digits: 2) }.joined()
    return switch self {
    case .postgresql: "convert_from(decode('\(digits)', 'hex'), 'UTF8')"
    case .sqlite: "cast(x'\(digits)' as text)"
    case .duckdb: "decode(unhex('\(digits)'))"
    }
  }

  func literal(_ text: Text?) -> String { text.map { literal($0) } ?? "null" }

  /// A number, exactly: infinity is `unlimited`.
  func literal(_ number: Double) -> String {
    switch self {
    case .postgresql: "'\(decimal(number))'::double precision"
    case .duckdb: "'\(decimal(number))'::double"
    case .sqlite: sqlite(number)
    }
  }

  private func decimal(_ number: Double) -> String {
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    var bytes: [UInt8] = []
    NumberText.append(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// SQLite does not read every decimal fraction to the nearest number, so that other than whole
  /// numbers are whole ones times a power of two.
  private func sqlite(_ number: Double) -> String {
    if number.isInfinite { return number < 0 ? "-9e999" : "9e999" }
    if number.magnitude <= NumberText.largestExactInteger, let whole = Int64(exactly: number) {
      return "\(whole).0"
    }
    let shift = Int(number.exponent) - 52
    var factors =
      "cast(\(Int64((number.sign == .minus ? -1 : 1) * number.significand * 0x1p52)) as real)"
    var left = abs(shift)
    while left > 0 {
      let step = min(left, 52)
      factors += shift < 0 ? " / \(Int64(1) << Int64(step)).0" : " * \(Int64(1) << Int64(step)).0"
      left -= step
    }
    return "(\(factors))"
  }

  func literal(_ flag: Bool) -> String {
    self == .sqlite ? (flag ? "1" : "0") : (flag ? "true" : "false")
  }

  func literal(_ value: AttributeValue?) -> String {
    switch value {
    case nil: "null"
    case .text(let text): literal(text)
    case .number(let number): literal(number)
    case .boolean(let flag): literal(flag)
    case .time(let milliseconds): "\(milliseconds)"
    }
  }
}

// MARK: - Types

extension SQLDialect {
  /// Texts compare by their bytes, which is by Unicode scalars.
  var text: String { self == .postgresql ? "text collate \"C\"" : "text" }

  var boolean: String { self == .sqlite ? "integer" : "boolean" }

  var number: String {
    switch self {
    case .postgresql: "double precision"
    case .sqlite: "real"
    case .duckdb: "double"
    }
  }

  func type(_ type: AttributeType) -> String {
    switch type {
    case .text: text
    case .number, .quota: number
    case .boolean: boolean
    case .time: "bigint"
    }
  }

  /// A list of texts in order, joined by `;`: an expression over rows that a query gives.
  func joined(_ column: String, from rows: String, by order: String) -> String {
    self == .sqlite
      ? "(select coalesce(group_concat(v, ';'), '') from (select \(column) as v from \(rows) order by \(order)))"
      : "(select coalesce(string_agg(\(column), ';' order by \(order)), '') from \(rows))"
  }
}
