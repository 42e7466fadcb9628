"""The words that masking goes by, folded; names of several words as they are written, parted by semicolons."""

# Abbreviations are written with and without full stops ("C.M.N.D"), glued to "số", and misread at their last letter.
PAPERS = """
cmnd; cmt; cmtnd; cmtn; cm nd; c m n d; c m t; cmno; cmnb; gcmnd; gcmt; socmnd; socmt; scmnd; cmqd; cmsq; cmqn; cm;
cccd; c c c d; cc cd; socccd; chung minh; chung minh thu; can cuoc; dinh danh; ma cong dan; giay to tuy than;
tuy than; so giay to; ho chieu; hochieu; passport; id
"""
PHONES = """
dien thoai; dienthoai; dt; sdt; d t; s d t; sodt; dtdd; dtcq; dtnr; dtb; tel; telephone; phone; mobile; zalo; viber;
hotline; fax; telefax; telex; di dong; didong; duong day nong
"""
ACCOUNTS = "tai khoan; taikhoan; stk; sotk; tk; s t k; sotaikhoan"
PERSON_TAXES = """
mst ca nhan; ma so thue ca nhan; mst tncn; ma so thue tncn; mst cn; mst thu nhap ca nhan;
ma so thue thu nhap ca nhan; ms thue ca nhan
"""
BUSINESSES = """
mst; ma so thue; ms thue; ma so; ma so doanh nghiep; ma so dn; msdn; dkkd; dang ky kinh doanh; dang ky doanh nghiep;
giay phep kinh doanh; giay phep thanh lap; giay phep dau tu; giay phep
"""
BIRTHS = "sinh; sanh; de; ns; n s; ntns"

# Small words that may stand between such a name and its number.
BETWEEN = "so la mang co no nr cua toi ong ba anh chi em chong vo nguoi nay cu moi"
BETWEEN_PAPER = "nhan dan thu nd cong cd quan doi si ca an pho thong vu ngoai giao number card hieu hoac the"
BETWEEN_PHONE = "may ban dd cq di dong co quan nha rieng lien he lac nong dinh number hoac"
BETWEEN_ACCOUNT = "ngan hang ca nhan tien gui vnd nh thanh toan giao dich tai number"
BETWEEN_BUSINESS = "doanh nghiep cap"
BETWEEN_BIRTH = "ngay vao nam thang luc la mung mong hom duong am lich khoang hoi cua ong ba anh chi em toi con chau"

# Names of papers that also stand before codes of things, and a length: only numbers of the right length are a person's.
AMBIGUOUS_PAPERS = "cm; id; dinh danh; so giay to"

# Words before "điện thoại" or "ĐT" that make a number after it an amount, a count or a road.
COUNTED = """
may thue bao tien cuoc phi chi kinh von muc tong chu ke kh hoach du an da bien duong tinh do mat dich vu xe trang bi
mua lap dat tuyen
"""

# Words that make another word of "sinh"; as names of people they begin with a capital.
COMPOUNDS_OF_BIRTH = """
hy hi hoc ve phat khai tuyen giang thi cuu giao mon thu tai phuc hoi an dan vi nu du tieu chung duong san ho ky luu
thuy truong y thien quan sat moi trung
"""
# Those that are hardly ever names, with their own marks.
HARDLY_NAMES = "hy hi khai học hoc vệ ve giáng tuyển thí cứu tái hồi môn trường"
TITLES = "ông bà cụ anh chị em cháu chú bác cô dì đ/c chí thị văn"
# Words before "NS" that make it the budget (ngân sách).
BUDGET = "thu chi quyet toan du von quy nguon hoan khoan dot tu"

FAMILIES = """
nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh trinh doan luong truong mai lam to ta chau
luu cao thai phung quach tang kieu ha la nghiem alang zoram bhling coor arat blup
"""

# Codes of the 63 provinces of before 2025, with which a citizen number begins.
PROVINCES = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044
045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091
092 093 094 095 096
"""


def words(*tables: str) -> frozenset[str]:
    """The single words of tables."""
    return frozenset(word for table in tables for word in table.split())


def names(table: str) -> tuple[tuple[str, ...], ...]:
    """The names of a table, each as its words."""
    return tuple(tuple(name.split()) for name in table.split(";") if name.strip())
