"""Keys and tokens of services, known by the form that their makers publish so that they can be found.

Each has a word that it cannot be without: looking for that word first costs next to nothing.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from chatelet.policy.guardrails.secrets.filling import is_filling
from chatelet.policy.guardrails.spans import Span

# Type, what it cannot be without, form.
_FORMS: Final = (
    ("aws_key", "AKIA", r"AKIA[A-Z2-7]{16}"),
    ("aws_key", "ASIA", r"ASIA[A-Z2-7]{16}"),
    ("gcp_key", "AIza", r"AIza[\w-]{35}"),
    ("gcp_secret", "GOCSPX-", r"GOCSPX-[\w-]{24,32}"),
    ("gcp_token", "ya29.", r"ya29\.[\w-]{20,400}"),
    ("azure_key", "AccountKey=", r"(?<=AccountKey=)[A-Za-z0-9+/]{40,100}={0,2}"),
    ("azure_key", "SharedAccessKey=", r"(?<=SharedAccessKey=)[A-Za-z0-9+/]{30,100}={0,2}"),
    ("azure_signature", "sig=", r"(?<=[?&]sig=)[A-Za-z0-9%+/]{30,120}={0,2}"),
    ("azure_secret", "Q~", r"[A-Za-z0-9_~.]{3}[78]Q~[\w~.-]{31,34}"),
    ("github_token", "ghp_|gho_|ghu_|ghs_|ghr_", r"gh[pousr]_[A-Za-z0-9]{30,255}"),
    ("github_token", "github_pat_", r"github_pat_[A-Za-z0-9]{20,22}_[A-Za-z0-9]{30,59}"),
    (
        "gitlab_token",
        "glpat-|gldt-|glrt-|glptt-|glcbt-|glft-|glsoat-|glagent-|glimt-",
        r"gl(?:pat|dt|rt|ptt|cbt|ft|soat|agent|imt)-[\w-]{20,64}(?:\.[\w.]{2,20})?",
    ),
    (
        "slack_token",
        "xoxa-|xoxb-|xoxe-|xoxp-|xoxr-|xoxs-|xoxo-|xoxc-",
        r"xox[abeprsoc]-(?:\d{5,14}-)?[A-Za-z0-9-]{10,250}",
    ),
    ("slack_token", "xapp-", r"xapp-\d-[A-Z0-9]{8,14}-\d{8,14}-[a-f0-9]{40,80}"),
    ("slack_webhook", "hooks.slack.com", r"https://hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/_-]{20,100}"),
    ("teams_webhook", "webhook.office.com", r"https://[\w-]{1,60}\.webhook\.office\.com/webhookb2/[\w@/-]{40,250}"),
    (
        "discord_webhook",
        "/api/webhooks/",
        r"https://(?:\w{2,10}\.)?discord(?:app)?\.com/api/webhooks/\d{16,20}/[\w-]{50,80}",
    ),
    ("discord_token", ".", r"[MNO][A-Za-z\d]{23,27}\.[\w-]{6}\.[\w-]{27,40}"),
    ("telegram_token", ":AA", r"\d{8,10}:AA[\w-]{32,34}"),
    ("stripe_key", "k_live_|k_test_", r"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,250}"),
    ("stripe_key", "whsec_", r"whsec_[A-Za-z0-9+/=]{24,64}"),
    ("anthropic_key", "sk-ant-", r"sk-ant-[\w-]{20,200}"),
    ("openai_key", "sk-", r"sk-(?:proj-|svcacct-|admin-|None-|or-v1-|lf-)?[A-Za-z0-9][\w-]{18,220}"),
    ("huggingface_token", "hf_", r"hf_[A-Za-z0-9]{30,40}"),
    ("groq_key", "gsk_", r"gsk_[A-Za-z0-9]{40,60}"),
    ("xai_key", "xai-", r"xai-[A-Za-z0-9]{40,100}"),
    ("perplexity_key", "pplx-", r"pplx-[A-Za-z0-9]{40,60}"),
    ("replicate_token", "r8_", r"r8_[A-Za-z0-9]{30,45}"),
    ("twilio_key", "SK", r"SK[0-9a-f]{32}"),
    ("sendgrid_key", "SG.", r"SG\.[\w-]{16,32}\.[\w-]{32,64}"),
    ("mailgun_key", "key-", r"key-[0-9a-f]{32}"),
    ("mailchimp_key", "-us", r"[0-9a-f]{32}-us\d{1,2}"),
    ("brevo_key", "xkeysib-", r"x(?:keysib|smtpsib)-[a-f0-9]{64}-[A-Za-z0-9]{16}"),
    ("npm_token", "npm_", r"npm_[A-Za-z0-9]{30,40}"),
    ("pypi_token", "pypi-", r"pypi-[A-Za-z0-9_-]{50,250}"),
    ("rubygems_key", "rubygems_", r"rubygems_[a-f0-9]{48}"),
    ("docker_token", "dckr_pat_", r"dckr_(?:pat|oat)_[\w-]{20,60}"),
    ("digitalocean_token", "_v1_", r"do[opr]_v1_[a-f0-9]{64}"),
    ("shopify_token", "shpat_|shpca_|shppa_|shpss_", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    ("square_token", "sq0", r"sq0[a-z]{3}-[\w-]{22,50}"),
    ("grafana_token", "glsa_|glc_", r"gl(?:sa|c)_[A-Za-z0-9_=]{30,120}"),
    ("vault_token", "hvs.|hvb.|hvr.", r"hv[sbr]\.[\w-]{20,200}"),
    ("databricks_token", "dapi", r"dapi[a-f0-9]{32}(?:-\d)?"),
    ("linear_key", "lin_", r"lin_(?:api|oauth)_[A-Za-z0-9]{32,64}"),
    ("notion_token", "ntn_", r"ntn_[A-Za-z0-9]{40,60}"),
    ("notion_token", "secret_", r"secret_[A-Za-z0-9]{43}"),
    ("atlassian_token", "ATATT3", r"ATATT3[\w=-]{50,250}"),
    ("atlassian_token", "ATCTT3", r"ATCTT3[\w=-]{50,250}"),
    ("figma_token", "figd_", r"figd_[\w-]{30,60}"),
    (
        "doppler_token",
        "dp.pt.|dp.st.|dp.ct.|dp.sa.|dp.scim.|dp.audit.",
        r"dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{30,80}",
    ),
    ("terraform_token", ".atlasv1.", r"[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,80}"),
    ("age_key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[A-Z0-9]{58}"),
    ("supabase_key", "sbp_|sb_secret_", r"sb(?:p|_secret)_[A-Za-z0-9_]{30,60}"),
    ("newrelic_key", "NRAK-", r"NRAK-[A-Z0-9]{27}"),
    ("sentry_token", "sntry", r"sntry[su]_[A-Za-z0-9+/=_]{40,250}"),
    ("postman_key", "PMAK-", r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    ("planetscale_key", "pscale_", r"pscale_(?:tkn|pw|oauth)_[\w=.-]{32,64}"),
    ("airtable_key", "pat", r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}"),
    ("hubspot_key", "pat-", r"pat-(?:na|eu)\d-[0-9a-f]{8}-[0-9a-f-]{27}"),
    ("artifactory_key", "AKCp", r"AKCp[A-Za-z0-9]{69,75}"),
    ("dynatrace_token", "dt0c01.", r"dt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    ("facebook_token", "EAA", r"EAA[A-Za-z0-9]{80,250}"),
    ("jwt", "eyJ", r"eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{10,1000}"),
    ("jwt", "eyJ", r"eyJ[\w-]{16,2000}\.[\w-]{0,2000}\.[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{10,200}"),
)


_LONG: Final = re.compile(r"[\w-]{16,}")
_DIGIT: Final = re.compile(r"\d")


@cache
def _compiled() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    return tuple(
        (sort, tuple(words.split("|")), re.compile(rf"(?<![\w]){form}(?![\w])" if "(?<=" not in form else form))
        for sort, words, form in _FORMS
    )


def find_tokens(text: str) -> Iterator[Span]:
    """Give keys and tokens; not the examples of documentations."""
    if not any(_DIGIT.search(run[0]) or not run[0].islower() for run in _LONG.finditer(text)):
        return
    for sort, words, form in _compiled():
        if not any(word in text for word in words):
            continue
        for found in form.finditer(text):
            if not is_filling(found[0]):
                yield Span(found.start(), found.end(), sort)
