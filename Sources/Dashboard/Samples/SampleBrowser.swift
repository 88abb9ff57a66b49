import Datasets
import Specs
import TerminalUI
import Training

/// An image of a data set by its place.
package struct SampleRow: Hashable, Sendable {
    /// The training file or the test set.
    package let file: DatasetPart
    /// Its number within the file, from 0.
    package let row: Int32

    /// As evaluations name the file.
    var source: Evaluation.Source { file == .test ? .test : .validation }
}

/// Images of a data set that are looked at without any network: of which part, of which class, and in which order.
package struct SampleBrowser: Equatable, Sendable {
    /// The orders of images.
    package enum Order: String, CaseIterable, Sendable {
        /// By chance, from a seed that is the number of the draw.
        case random
        case index
        /// The greatest distance to the mean of their class first.
        case unlike
        /// Those that are there more than once, equal ones beside each other.
        case duplicates

        /// In words for titles and messages.
        var words: String {
            switch self {
            case .random: "by chance"
            case .index: "by index"
            case .unlike: "most unlike its class"
            case .duplicates: "duplicates"
            }
        }

        /// Whether it can only be made from a survey.
        var needsSurvey: Bool { self == .unlike || self == .duplicates }
    }

    /// The part that is shown.
    package internal(set) var part = DataPart.training
    /// Which images of it.
    package internal(set) var filter = SampleFilter()
    /// Their order.
    package internal(set) var order = Order.random
    /// Whether the order is turned round.
    package internal(set) var isReversed = false
    /// The number of the draw, from 1: the same number draws the same images.
    package internal(set) var draw = 1
    /// The images in their order.
    package private(set) var rows: [SampleRow] = []
    /// Index into `rows`.
    package internal(set) var cursor = 0
    /// How the settings divide the data; nil without data, or where they can't.
    package private(set) var division: DataDivision?
    /// Why the settings can't divide the data, in words.
    package private(set) var problem: String?

    /// How often the data was divided.
    private(set) var divisionsSoFar = 0
    private var made: Made?
    private var divided: Divided?

    /// What `rows` were made from.
    private struct Made: Equatable {
        let part: DataPart
        let filter: SampleFilter
        let order: Order
        let isReversed: Bool
        let draw: Int
        let divided: Divided
        let survey: LoadedSurvey?
    }

    /// What the division was made from.
    private struct Divided: Equatable {
        let validation: Double
        let split: HoldingOut
        let splitSeed: Int
        let classWeight: ClassWeighting
        let data: LoadedData
    }

    package init(order: Order = .random) { self.order = order }

    /// The selected image; nil where there is none.
    package var selected: SampleRow? { rows.indices.contains(cursor) ? rows[cursor] : nil }

    // MARK: - What is chosen

    /// Follows the composed settings, the data and the survey. Quick where nothing has changed.
    mutating func settle(_ shared: Shared) {
        guard let data = shared.data.loaded else {
            self = SampleBrowser(order: order)
            return
        }
        let training = shared.composer.spec.training
        let key = Divided(
            validation: training.validation, split: training.split, splitSeed: training.splitSeed,
            classWeight: training.classWeight, data: data)
        if key != divided { divide(shared.composer.spec, data.dataset, key) }
        var survey: LoadedSurvey?
        if order.needsSurvey, case .ready(let found) = shared.survey, found.data == data { survey = found }
        let now = Made(
            part: part, filter: filter, order: order, isReversed: isReversed, draw: draw, divided: key, survey: survey)
        guard now != made else { return }
        let before = selected
        made = now
        rows = chosen(data.dataset, survey?.survey)
        // While rows are only made again, the selected image stays selected.
        if let before, rows.indices.contains(cursor), rows[cursor] == before { return }
        cursor = min(cursor, max(0, rows.count - 1))
    }

    /// Frees what can be made again.
    mutating func forget() {
        guard made != nil || divided != nil else { return }
        (rows, division, made, divided) = ([], nil, nil, nil)
    }

    private mutating func divide(_ composed: ExperimentSpec, _ dataset: Dataset, _ key: Divided) {
        var spec = composed
        // Only the rows count: an opened run's data set may have images of another size.
        (spec.network.inputs, spec.network.classes) = (dataset.train.imageBytes, dataset.classes)
        divided = key
        divisionsSoFar += 1
        do throws(TrainingError) {
            (division, problem) = (try DataDivision(spec, dataset), nil)
        } catch {
            (division, problem) = (nil, error.description)
        }
    }

    private func chosen(_ dataset: Dataset, _ survey: DataSurvey?) -> [SampleRow] {
        guard let division else { return [] }
        let images = part == .test ? dataset.test : dataset.train
        var rows = division.rows(part, dataset).filter { row in
            row >= filter.first && (filter.label.map { images.labels[Int(row)] == UInt8($0) } ?? true)
        }
        switch order {
        case .index: break
        case .random: rows = RandomOrder.of(rows, seed: UInt32(truncatingIfNeeded: draw))
        case .unlike:
            guard let distances = survey?[part.file].distances else { return [] }
            func key(_ row: Int32) -> Float { distances[Int(row)].isNaN ? -1 : distances[Int(row)] }
            rows.sort { (key($1), $0) < (key($0), $1) }
        case .duplicates:
            guard let survey else { return [] }
            return duplicates(Set(rows), survey.equal)
        }
        if isReversed { rows.reverse() }
        let file = part.file
        return rows.map { SampleRow(file: file, row: $0) }
    }

    /// All images that are equal to one of these rows, group by group.
    private func duplicates(_ rows: Set<Int32>, _ equal: EqualImages) -> [SampleRow] {
        let groups = equal.groups.filter { group in
            (part == .test ? group.test : group.train).contains(where: rows.contains)
        }
        return (isReversed ? groups.reversed() : groups).flatMap { group in
            group.train.map { SampleRow(file: .train, row: $0) } + group.test.map { SampleRow(file: .test, row: $0) }
        }
    }
}
