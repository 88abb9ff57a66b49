import Datasets
import TerminalUI
import Training

/// The user's choices in Data, and what of the data they lead to.
package struct DataScreen: Equatable, Sendable {
    /// What the main panel shows.
    package enum What: CaseIterable, Sendable {
        case samples
        /// The mean image of each class.
        case means
        /// The standard deviation of each pixel of a class.
        case deviations
    }

    /// The forms of the screen: images and what is known of them, the images alone, or one image in full size.
    package enum Form: Sendable { case both, gallery, large }

    /// The images.
    package internal(set) var browser = SampleBrowser()
    /// What the main panel shows.
    package internal(set) var what = What.samples
    /// The class that is chosen among the means.
    package internal(set) var label = 0
    /// The panel that comes first beside the images; nil until one is chosen.
    package internal(set) var detail: DataDetail?
    /// The form that is drawn.
    package internal(set) var form = Form.both
    /// Images that should have room at once.
    package internal(set) var wanted = SampleGallery.wanted
    /// The filter while it is typed.
    var typing: SampleTyping?
    /// What is to be known of the data.
    package internal(set) var warnings: [DataWarning] = []
    private var warned: Warned?

    /// What the warnings were made from.
    private struct Warned: Equatable {
        let survey: LoadedSurvey
        let division: Int
    }

    package init() {}

    /// Makes the warnings again, where survey or division have changed.
    mutating func warn(_ shared: Shared) {
        guard case .ready(let found) = shared.survey, found.data == shared.data.loaded, let division = browser.division
        else {
            (warnings, warned) = ([], nil)
            return
        }
        let now = Warned(survey: found, division: browser.divisionsSoFar)
        guard now != warned else { return }
        warned = now
        warnings = DataWarning.all(found.survey, division, found.data.dataset)
    }
}

/// The panels beside the images, in the order in which they follow each other.
package enum DataDetail: CaseIterable, Sendable {
    case classes, sample, pixels, means, warnings

    /// In words for a message.
    var words: String {
        switch self {
        case .classes: "how many images each class has"
        case .sample: "the image and what is known of it"
        case .pixels: "the values of the pixels"
        case .means: "the mean image of each class"
        case .warnings: "what to know"
        }
    }

    /// This one and those behind it, round to the one before it.
    var andFollowing: [DataDetail] {
        let all = DataDetail.allCases
        let start = all.firstIndex(of: self) ?? 0
        return Array(all[start...] + all[..<start])
    }
}
