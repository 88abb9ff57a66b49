/// A run in one line: the spec that it starts with, then what is changed while it trains, each at its place:
/// `784-64relu-10 adam lr=1e-3 epochs=40 @12+844 lr=3e-3 @40 epochs=61 @52+100 stop`.
///
/// `@12+844` stands before what holds after 12 epochs and 844 batches. The line repeats the run to the bit, given the same
/// data, kernels, BLAS and version of the program: see `LineOrigin`.
public struct RunLine: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// The spec that the run starts with.
    public var spec: ExperimentSpec
    /// In the order in which they are made; places never go back.
    public var changes: [LiveChange]
    /// What the comment behind the line says of where it comes from.
    public var origin: LineOrigin?

    /// The line of a run.
    public init(spec: ExperimentSpec, changes: [LiveChange] = [], origin: LineOrigin? = nil) {
        self.spec = spec
        self.changes = changes
        self.origin = origin
    }

    /// The canonical line, without a comment.
    public var description: String {
        changes.isEmpty ? spec.description : "\(spec) \(Self.text(of: changes))"
    }

    /// The line with a comment that says where it comes from.
    public var withOrigin: String { origin.map { "\(description) \($0)" } ?? description }

    /// The changes alone: `@12+844 lr=3e-3 l2=1e-4 @40 epochs=61`; empty without any.
    public static func text(of changes: [LiveChange]) -> String {
        var words: [String] = []
        var place: RunPlace?
        for change in changes {
            if change.place != place { words.append(change.place.description) }
            place = change.place
            words.append(change.setting.word)
        }
        return words.joined(separator: " ")
    }

    /// The changes that were made during an epoch, counted from 1; empty if there were none.
    public static func text(of changes: [LiveChange], inEpoch epoch: Int) -> String {
        text(of: changes.filter { $0.place.epoch == epoch - 1 })
    }

    /// The spec with all changes made: as the run ends.
    public var changedSpec: ExperimentSpec {
        changes.reduce(into: spec) { $0.apply($1.setting) }
    }
}

/// What must be the same for a run's line to give the same bits: the comment behind the line, which begins with `#`.
public struct LineOrigin: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// The data set's name.
    public var dataset: String?
    /// The first digits of the SHA-256 of its images and labels, hexadecimal.
    public var digest: String?
    /// The vector level of the program's own kernels, such as `avx512`.
    public var kernels: String?
    /// The processor that OpenBLAS has kernels for, such as `Zen`.
    public var blas: String?
    /// The version of the program.
    public var program: String?

    /// Digits of the digest that a line has: enough to tell data sets apart.
    public static let digits = 16

    /// The origin of a line; a digest is cut to `digits`.
    public init(
        dataset: String? = nil, digest: String? = nil, kernels: String? = nil, blas: String? = nil,
        program: String? = nil
    ) {
        self.dataset = dataset
        self.digest = digest.map { String($0.prefix(Self.digits)) }
        self.kernels = kernels
        self.blas = blas
        self.program = program
    }

    /// Reads the words of a comment; unknown words are ignored.
    init(words: some Sequence<String>) {
        for word in words {
            let halves = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2 else { continue }
            switch halves[0] {
            case "data": dataset = halves[1]
            case "sha256": digest = halves[1]
            case "kernels": kernels = halves[1]
            case "blas": blas = halves[1]
            case "program": program = halves[1]
            default: break
            }
        }
    }

    /// `# data=mnist sha256=… kernels=avx512 blas=Zen program=0.3.0`.
    public var description: String {
        let parts = [
            ("data", dataset), ("sha256", digest), ("kernels", kernels), ("blas", blas), ("program", program),
        ]
        return "# "
            + parts.compactMap { name, value in value.map { "\(name)=\(Self.word($0))" } }.joined(separator: " ")
    }

    /// A value as one word.
    private static func word(_ text: String) -> String {
        String(text.map { $0.isWhitespace || $0 == "'" || $0 == "\"" ? "_" : $0 })
    }

    /// What differs here from where the line was made, one phrase each; what one of the two does not say is ignored.
    public func differences(from here: LineOrigin) -> [String] {
        func differ(_ what: String, _ old: String?, _ new: String?) -> String? {
            guard let old, let new, old != Self.word(new) else { return nil }
            return "\(what) \(old) there, \(new) here"
        }
        return [
            differ("images and labels", digest, here.digest), differ("kernels", kernels, here.kernels),
            differ("OpenBLAS for", blas, here.blas), differ("trainspotter", program, here.program),
        ].compactMap(\.self)
    }
}
