@unsafe @preconcurrency import CSystem
@unsafe @preconcurrency import Glibc
import Interchange
import Synchronization

/// A command line taken apart, nothing judged yet.
package struct SplitArguments: Equatable {
  package struct Occurrence: Equatable {
    package let name: OptionName
    /// Present exactly where the option takes one.
    package let value: [UInt8]?
  }

  package fileprivate(set) var occurrences: [Occurrence] = []
  /// What follows the options.
  package fileprivate(set) var operands: [[UInt8]] = []
  /// The operands follow a `--`, so they are none of ours.
  package fileprivate(set) var endedByDashes = false

  /// Reads the arguments after the program's name with `getopt_long`, which stops at the first operand.
  ///
  /// The library keeps its state in global variables; a lock makes each call a whole.
  package init(_ arguments: [[UInt8]]) throws(UsageProblem) {
    self = try libraryState.withLock { _ throws(UsageProblem) in try read(arguments) }
  }

  fileprivate init() {}
}

private let libraryState = Mutex(())

/// `+` stops at the first operand, `:` tells a missing argument from an unknown option.
private let shortOptions: String = {
  var options = "+:"
  for name in OptionName.allCases {
    guard let short = name.entry.short else { continue }
    options.append(short)
    if name.entry.argument != nil { options += ":" }
  }
  return options
}()

private func read(_ arguments: [[UInt8]]) throws(UsageProblem) -> SplitArguments {
  let vector = unsafe ([Array("permql".utf8)] + arguments).map { unsafe copied($0) } + [nil]
  let longNames = unsafe OptionName.allCases.map { unsafe copied(Array($0.entry.long.utf8)) }
  defer { unsafe (vector + longNames).forEach { unsafe free($0) } }
  var longOptions: [option] = unsafe []
  for (index, name) in OptionName.allCases.enumerated() {
    let takesArgument = name.entry.argument == nil ? no_argument : required_argument
    unsafe longOptions.append(
      option(name: longNames[index], has_arg: takesArgument, flag: nil, val: name.rawValue))
  }
  unsafe longOptions.append(option())

  var split = SplitArguments()
  opterr = 0
  optind = 0
  while true {
    let before = Int(max(optind, 1))
    let found = unsafe getopt_long(
      Int32(vector.count - 1), vector, shortOptions, longOptions, nil)
    if found == -1 { break }
    guard let name = optionName(found) else {
      throw problem(found, argument: arguments[min(before, arguments.count) - 1])
    }
    let value =
      unsafe name.entry.argument == nil ? nil : optarg.map { unsafe SystemFile.bytes(of: $0) }
    split.occurrences.append(SplitArguments.Occurrence(name: name, value: value))
  }
  let first = Int(optind) - 1
  split.operands = Array(arguments[first...])
  split.endedByDashes = first > 0 && arguments[first - 1] == Array("--".utf8)
  return split
}

private func optionName(_ found: Int32) -> OptionName? {
  if let name = OptionName(rawValue: found) { return name }
  guard let scalar = Unicode.Scalar(UInt32(found)) else { return nil }
  return OptionName.allCases.first { $0.entry.short == Character(scalar) }
}

/// What was wrong with the argument that the library stopped at.
private func problem(_ found: Int32, argument: [UInt8]) -> UsageProblem {
  let written = String(decoding: argument, as: UTF8.self)
  let culprit = OptionName(rawValue: optopt) ?? optionName(optopt)
  if found == Int32(UInt8(ascii: ":")), let culprit { return .missingArgument(culprit) }
  guard written.hasPrefix("--") else {
    let letter = Unicode.Scalar(UInt32(optopt)).map { String(Character($0)) } ?? written
    return .unknownOption("-" + letter)
  }
  let name = String(written.prefix { $0 != "=" })
  if let culprit, culprit.entry.argument == nil { return .unwantedArgument(culprit) }
  let candidates = OptionName.allCases.filter { $0.spelling.hasPrefix(name) }
  return candidates.count > 1 ? .ambiguousOption(name, candidates) : .unknownOption(name)
}

private func copied(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
  unsafe (bytes + [0]).withUnsafeBufferPointer { buffer in
    unsafe buffer.withMemoryRebound(to: CChar.self) { text in
      unsafe text.baseAddress.map { unsafe strdup($0) }
    }
  }
}
