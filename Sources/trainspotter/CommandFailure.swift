import DataFormats
import Datasets
import Files
import Specs
import Training

/// How a command ends that fails.
enum CommandFailure: Error {
    /// Status 1.
    case running(String)
    /// Status 2: bad usage or bad input.
    case usage(String)
    /// Status 130.
    case interrupted
    /// Ends with the status of another part, which has printed the reason.
    case status(Int32)

    var status: Int32 {
        switch self {
        case .running: 1
        case .usage: 2
        case .interrupted: 130
        case .status(let status): status
        }
    }

    var message: String? {
        switch self {
        case .running(let message), .usage(let message): message
        case .interrupted: "interrupted"
        case .status: nil
        }
    }

    init(_ error: DataError) { self = .usage(error.description) }
    init(_ error: SpecError) { self = .usage(error.description) }

    init(_ error: ExportError) {
        switch error {
        case .notAFolder, .protected, .otherSpec, .tooLarge, .noHistory: self = .usage(error.description)
        case .unwritable: self = .running(error.description)
        }
    }

    /// The error of writing what an option asks for.
    init(_ error: ExportError, option: String) {
        self = CommandFailure(error).saying("\(option) \(error)")
    }

    /// The same failure in other words.
    func saying(_ message: String) -> CommandFailure {
        switch self {
        case .running: .running(message)
        case .usage: .usage(message)
        case .interrupted, .status: self
        }
    }

    init(_ error: TrainingError) {
        switch error {
        case .diverged, .state: self = .running(error.description)
        case .inputsDiffer, .classesDiffer, .noTrainingRows, .notStratified, .place, .tooLarge, .noWeights,
            .otherLayers, .noTeacher:
            self = .usage(error.description)
        }
    }
}

extension String {
    /// The word in a message: an empty one is visible.
    var shown: String { isEmpty ? "\"\"" : self }
}
