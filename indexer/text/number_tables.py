"""Abbreviations that document numbers are made of: kinds of document, and bodies that issue them."""

# NĐ 30/2020/NĐ-CP, Appendix III, then the kinds of law-making, Party and older papers that archives hold.
DOCUMENT_TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
    "SY": "Bản sao y",
    "TrS": "Bản trích sao",
    "SL": "Bản sao lục",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TTLB": "Thông tư liên bộ",
    "NQLT": "Nghị quyết liên tịch",
    "PL": "Pháp lệnh",
    "LCT": "Lệnh của Chủ tịch nước",
    "KL": "Kết luận",
    "CV": "Công văn",
    "ĐL": "Điều lệ",
}

# Bodies known by their abbreviation alone, needed where a number is written without type or without separators.
_ORGANS = """
CP TTg QH CTN HĐBT HĐCP PTT VPCP VPQH VPTW VP TW TƯ BBT BCT TU TƯĐ HU ĐU ThU BCĐ BTG BTC BTV BCH BDV UBKT
UB UBND UBHC UBKC UBKCHC UBCM UBMT MTTQ MTTW HĐND TTHĐND ĐBQH NV TCCB TCCP TCCQ
BNV BTP BYT BCA BQP BNG BXD BCT BKHĐT BGDĐT BGTVT BNN BNNPTNT BTNMT BLĐTBXH BVHTTDL BTTTT BKHCN BVHTT BLĐ BGD
SNV STC STP SYT SXD SCT SKHĐT SGDĐT SGTVT SNN SNNPTNT STNMT SLĐTBXH SVHTTDL STTTT SKHCN SVHTT SGD SCN STM
VTLTNN CVT CVTLTNN CVTLT LTNN LT VKS VKSND TAND TANDTC KTNN CAT QK BCHQS LĐLĐ LHPN TĐTN HND CCB
"""
ORGANS = tuple(_ORGANS.split())
