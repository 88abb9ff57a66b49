import DataFormats

/// A parser that is fed with anything at all, and what must hold of it then.
///
/// A new parser comes with a target: a file beside this one, a line in `FuzzTargets.all`, and seeds in `Tests/Fuzz/Seeds`.
/// The fuzzer (`make fuzz`) and the ordinary tests run the same targets.
package protocol FuzzTarget: Sendable {
    /// What `make fuzz TARGET=` calls it; also the name of its folder of seeds, and of its dictionary.
    static var name: String { get }
    /// The functions that it tries, such as `NPYFile.decode`: a test holds that each parser is named by a target.
    static var parsers: [String] { get }
    /// The longest input that the fuzzer makes, in bytes.
    static var longestInput: Int { get }
    /// The greatest allocation that any input may cause, in MiB; the fuzzer ends at a greater one.
    static var mostMegabytes: Int { get }
    /// Good inputs that the program itself can write, by name: the seeds that are no text.
    static func samples() throws -> [String: [UInt8]]
    /// The input with right checksums and lengths, so that what lies behind these checks is reached, too; nil where an
    /// input has none.
    static var repair: (@Sendable ([UInt8]) -> [UInt8])? { get }

    /// Makes what all inputs share, such as a folder.
    init() throws
    /// Feeds the parser.
    ///
    /// - Throws: `Finding` where something does not hold, and any error of the parser that is none of its own.
    func run(_ input: [UInt8]) throws
}

extension FuzzTarget {
    /// 4 KiB: a line, or a small file.
    package static var longestInput: Int { 4096 }
    /// Far more than an input of some KiB needs.
    package static var mostMegabytes: Int { 64 }
    /// None.
    package static func samples() throws -> [String: [UInt8]] { [:] }
    /// None.
    package static var repair: (@Sendable ([UInt8]) -> [UInt8])? { nil }
}

/// All targets.
package enum FuzzTargets {
    /// In the order in which they are run.
    package static let all: [any FuzzTarget.Type] = [
        IDXTarget.self, ImportedTarget.self, ArraysTarget.self, TableTarget.self, DatasetOptionsTarget.self,
        GzipTarget.self, NPYTarget.self,
        NPZTarget.self, PGMTarget.self, ModelTarget.self, EnsembleFileTarget.self, WeightsTarget.self,
        ImageTarget.self, ImageFolderTarget.self,
        BlobTarget.self, BundleTarget.self, StoreTarget.self, SpecTarget.self, SearchSpaceTarget.self, SlurmTarget.self,
        DigitsFilterTarget.self,
        SampleFilterTarget.self, RunFilterTarget.self, ScreensTarget.self, ThemeTarget.self, ConfigurationTarget.self,
        TerminfoTarget.self,
        InputTarget.self,
        TextFieldTarget.self,
    ]

    /// The formats of data sets that a target tries.
    package static let formats: [any DatasetFormat.Type] = [
        IDXTarget.format, ImportedTarget.format, ArraysTarget.format, TableTarget.format, ImageFolderTarget.format,
    ]

    /// The target of a name; nil where there is none.
    package static func named(_ name: String) -> (any FuzzTarget.Type)? { all.first { $0.name == name } }
}
