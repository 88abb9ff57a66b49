import Datasets

/// A survey of a loaded data set; only the same object is equal.
package final class LoadedSurvey: Sendable, Equatable {
    /// What was found.
    package let survey: DataSurvey
    /// What it was found in.
    package let data: LoadedData

    package init(_ survey: DataSurvey, of data: LoadedData) { (self.survey, self.data) = (survey, data) }

    package static func == (a: LoadedSurvey, b: LoadedSurvey) -> Bool { a === b }
}

/// The survey of the data set at hand. It is made where a view needs it first, and kept as long as its data set is.
package enum SurveyState: Equatable, Sendable {
    case none
    /// It is computed on a thread of its own.
    case underWay(LoadedData)
    case ready(LoadedSurvey)

    /// The data set that it is of; nil without one.
    var data: LoadedData? {
        switch self {
        case .none: nil
        case .underWay(let data): data
        case .ready(let found): found.data
        }
    }
}

extension Shared {
    /// The survey of the data set at hand; nil until it is there.
    var surveyAtHand: DataSurvey? {
        guard case .ready(let found) = survey, found.data == data.loaded else { return nil }
        return found.survey
    }

    /// Asks for the survey of the data set at hand, where there is none yet.
    mutating func surveyEffects() -> [Effect] {
        guard let data = data.loaded, survey.data != data else { return [] }
        survey = .underWay(data)
        return [.survey(data)]
    }

    /// Takes a survey, unless another data set is at hand by now.
    mutating func received(_ found: LoadedSurvey) {
        if survey == .underWay(found.data) { survey = .ready(found) }
    }

    /// Frees a survey whose data set is gone.
    mutating func forgetOtherSurveys() {
        if let data = survey.data, data != self.data.loaded { survey = .none }
    }
}
